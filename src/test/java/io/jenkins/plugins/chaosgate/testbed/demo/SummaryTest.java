package io.jenkins.plugins.chaosgate.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    @TempDir
    Path folder;

    private Outcome broke;
    private Outcome held;

    @BeforeEach
    void pages() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), "<html>");
        broke = new Outcome(
                Chapter.BREAKS, 1, "VIOLATED", "failed requests: 11", 14, Optional.of(Duration.ofMillis(2340)), page);
        held = new Outcome(Chapter.HOLDS, 0, "PASSED", "all held", 610, Optional.of(Duration.ofSeconds(61)), page);
    }

    @Test
    void tellsBothVerdictsAndThatNothingIsLeft() {
        Summary summary = new Summary(List.of(broke, held), List.of(), true);
        assertThat(summary.complaints()).isEmpty();
        assertThat(summary.lines())
                .hasSizeLessThanOrEqualTo(10)
                .contains(
                        "  reviews v2  VIOLATED, exit status 1, after 2.3 s under the fault, which hurt 14 of its calls")
                .contains("              failed requests: 11")
                .contains(
                        "  reviews v3  PASSED, exit status 0, after 61.0 s under the fault, which hurt 610 of its calls")
                .anyMatch(line -> line.contains("nothing of the gates is left"))
                .anyMatch(line -> line.contains("report.html"));
    }

    @Test
    void whatIsLeftInTheClusterIsNamedAndNothingIsClaimed() {
        Summary summary = new Summary(List.of(broke, held), List.of("EnvoyFilter bookinfo/chaos-gate-1"), true);
        assertThat(summary.complaints()).containsExactly("left in the cluster: EnvoyFilter bookinfo/chaos-gate-1");
        assertThat(summary.lines())
                .anyMatch(line -> line.contains("EnvoyFilter bookinfo/chaos-gate-1"))
                .noneMatch(line -> line.contains("nothing of the gates is left"));
    }

    @Test
    void callsThatStillFailAreNamed() {
        assertThat(new Summary(List.of(broke, held), List.of(), false).complaints())
                .singleElement()
                .asString()
                .contains("still fail");
    }

    @Test
    void aGateWithoutAReportIsToldAsSuch() {
        Outcome none = new Outcome(Chapter.HOLDS, 5, "", "", 0, Optional.empty(), folder.resolve("nowhere"));
        Summary summary = new Summary(List.of(broke, none), List.of(), true);
        assertThat(summary.complaints()).hasSize(1);
        assertThat(summary.lines())
                .contains("  reviews v3  no report, exit status 5")
                .noneMatch(line -> line.contains("nowhere"));
    }
}
