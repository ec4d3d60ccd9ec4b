package io.jenkins.plugins.chaosgate.testbed.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a chapter, by the exit status and by the report that was written.
 *
 * @param verdict as the report says it; empty without a report
 * @param hurt how many requests the fault hurt, 0 when nobody knows
 * @param underFault how long the fault was in; empty when it never was, or still is
 * @param page the report for people; may not be there
 */
record Outcome(
        Chapter chapter,
        int exitStatus,
        String verdict,
        String reason,
        long hurt,
        Optional<Duration> underFault,
        Path page) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WATCHED = Duration.ofMinutes(1);

    /** Reads {@code report.json} in the folder. */
    static Outcome read(Chapter chapter, int exitStatus, Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        JsonNode report = Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
        long hurt = 0;
        for (JsonNode fault : report.path("faults")) {
            hurt += fault.at("/proof/injectedRequests").asLong();
        }
        return new Outcome(
                chapter,
                exitStatus,
                report.path("verdict").asText(""),
                report.path("reason").asText(""),
                hurt,
                underFault(report.at("/faults/0")),
                folder.resolve("report.html"));
    }

    /** What is not as it had to be; empty when all is. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        String who = "reviews " + chapter.version();
        if (!verdict.equals(chapter.verdict()) || exitStatus != chapter.exitStatus()) {
            complaints.add("%s: expected %s and exit status %d, found %s and %d"
                    .formatted(
                            who,
                            chapter.verdict(),
                            chapter.exitStatus(),
                            verdict.isEmpty() ? "no report" : verdict,
                            exitStatus));
        }
        if (verdict.isEmpty()) {
            return complaints; // there is no report, so it cannot say the rest either
        }
        if (hurt == 0) {
            complaints.add(who + ": expected a fault that hurt requests, found none in its report");
        }
        if (underFault.isEmpty()) {
            complaints.add(who + ": expected a fault that was put in and taken out, its report does not say so");
        } else if (chapter.exitStatus() != 0 && underFault.get().compareTo(WATCHED) >= 0) {
            complaints.add(who + ": expected a verdict before the minute was over, it took "
                    + underFault.get().toSeconds() + " s");
        }
        if (!Files.isRegularFile(page)) {
            complaints.add(who + ": expected a report for people at " + page + ", found none");
        }
        return complaints;
    }

    private static Optional<Duration> underFault(JsonNode fault) {
        String in = fault.path("injectedAt").asText("");
        String out = fault.path("removedAt").asText("");
        return in.isEmpty() || out.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(Instant.parse(in), Instant.parse(out)));
    }
}
