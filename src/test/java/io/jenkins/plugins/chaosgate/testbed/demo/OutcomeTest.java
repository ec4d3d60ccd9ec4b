package io.jenkins.plugins.chaosgate.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
    @TempDir
    Path folder;

    @Test
    void aReleaseThatWasStoppedInTimeIsAsTold() throws IOException {
        write("VIOLATED", 14, "2026-01-01T00:00:00Z", "2026-01-01T00:00:02.500Z");
        Outcome outcome = Outcome.read(Chapter.BREAKS, 1, folder);
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.hurt()).isEqualTo(14);
        assertThat(outcome.underFault()).contains(Duration.ofMillis(2500));
        assertThat(outcome.reason()).isEqualTo("because");
    }

    @Test
    void aReleaseThatHoldsMayTakeTheWholeMinute() throws IOException {
        write("PASSED", 600, "2026-01-01T00:00:00Z", "2026-01-01T00:01:01Z");
        assertThat(Outcome.read(Chapter.HOLDS, 0, folder).complaints()).isEmpty();
    }

    @Test
    void aWrongVerdictOrStatusIsNamed() throws IOException {
        write("PASSED", 14, "2026-01-01T00:00:00Z", "2026-01-01T00:00:02Z");
        assertThat(Outcome.read(Chapter.BREAKS, 0, folder).complaints())
                .containsExactly("reviews v2: expected VIOLATED and exit status 1, found PASSED and 0");
        assertThat(Outcome.read(Chapter.HOLDS, 3, folder).complaints())
                .containsExactly("reviews v3: expected PASSED and exit status 0, found PASSED and 3");
    }

    @Test
    void aViolationThatTookTheWholeMinuteIsTooLate() throws IOException {
        write("VIOLATED", 14, "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z");
        assertThat(Outcome.read(Chapter.BREAKS, 1, folder).complaints())
                .singleElement()
                .asString()
                .contains("before the minute was over", "60 s");
    }

    @Test
    void aFaultThatHurtNobodyOrIsStillInIsNamed() throws IOException {
        write("VIOLATED", 0, "2026-01-01T00:00:00Z", null);
        assertThat(Outcome.read(Chapter.BREAKS, 1, folder).complaints())
                .hasSize(2)
                .anyMatch(complaint -> complaint.contains("hurt requests"))
                .anyMatch(complaint -> complaint.contains("taken out"));
    }

    @Test
    void aReportWithoutItsPageIsNamed() throws IOException {
        write("PASSED", 600, "2026-01-01T00:00:00Z", "2026-01-01T00:01:01Z");
        Files.delete(folder.resolve("report.html"));
        assertThat(Outcome.read(Chapter.HOLDS, 0, folder).complaints())
                .singleElement()
                .asString()
                .contains("report.html");
    }

    @Test
    void noReportIsOneComplaint() throws IOException {
        assertThat(Outcome.read(Chapter.HOLDS, 5, folder).complaints())
                .containsExactly("reviews v3: expected PASSED and exit status 0, found no report and 5");
    }

    private void write(String verdict, long hurt, String in, String out) throws IOException {
        Files.writeString(
                folder.resolve("report.json"),
                """
                {"verdict": "%s", "reason": "because",
                 "faults": [{"injectedAt": "%s", "removedAt": %s, "proof": {"injectedRequests": %d}}]}"""
                        .formatted(verdict, in, out == null ? "null" : "\"" + out + "\"", hurt));
        Files.writeString(folder.resolve("report.html"), "<html>");
    }
}
