package io.jenkins.plugins.chaosgate.testbed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Measures how fast a gate reacts on the full bed: the talk's canary breaks, Prometheus scrapes and the gate looks each
 * second. Users' failures are timed where users are: at the front page.
 */
public final class Reaction {

    private static final int LIMIT = 10;
    private static final double REQUESTS_PER_SECOND = 45;

    /** One gate, in milliseconds; what happened before its reference is negative. */
    private record Round(long eleventhFailureToDeletion, long decisionToDeletion, long decisionToLastFailure) {}

    private Reaction() {}

    /**
     * @param arguments the command line's jar, an experiment, how many rounds, and the folder for their reports
     */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path experiment = Path.of(arguments[1]);
        Path folder = Path.of(arguments[3]);
        PrintStream out = System.out;
        List<Round> rounds = new ArrayList<>();
        try (FullBed bed = FullBed.start()) {
            for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
                rounds.add(round(bed, jar, experiment, folder.resolve("round-" + i)));
                out.printf("round %d  %s%n", i, rounds.get(i - 1));
            }
        }
        print(
                out,
                "11th failed request to the fault's deletion",
                rounds.stream().map(Round::eleventhFailureToDeletion));
        print(out, "decision to the fault's deletion", rounds.stream().map(Round::decisionToDeletion));
        print(out, "decision to the last failed request", rounds.stream().map(Round::decisionToLastFailure));
        System.exit(0);
    }

    private static Round round(FullBed bed, Path jar, Path experiment, Path report)
            throws IOException, InterruptedException {
        try (Load load = Load.start(
                bed.inbound("productpage-v1").resolve("/productpage"),
                "productpage:9080",
                REQUESTS_PER_SECOND,
                Map.of())) {
            Await.until("traffic", Duration.ofSeconds(30), () -> load.total() > REQUESTS_PER_SECOND);
            Files.createDirectories(report);
            int status = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-jar",
                            jar.toString(),
                            "run",
                            experiment.toString(),
                            "--kubeconfig",
                            bed.kubeconfig().toString(),
                            "--prometheus",
                            bed.prometheus().toString(),
                            "--state",
                            report.toString(),
                            "--report",
                            report.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(report.resolve("output.txt").toFile())
                    .start()
                    .waitFor();
            if (status != 1) {
                throw new IllegalStateException("expected VIOLATED (exit status 1), found " + status + ":\n"
                        + Files.readString(report.resolve("output.txt")));
            }
            JsonNode json =
                    new ObjectMapper().readTree(report.resolve("report.json").toFile());
            Instant decided = StreamSupport.stream(json.path("phases").spliterator(), false)
                    .filter(phase -> phase.path("name").asText().equals("rollback"))
                    .map(phase -> Instant.parse(phase.path("startedAt").asText()))
                    .findFirst()
                    .orElseThrow();
            Instant deleted = Instant.parse(json.at("/faults/0/removedAt").asText());
            Instant eleventh = load.failure(LIMIT + 1).orElseThrow();
            return new Round(
                    between(eleventh, deleted),
                    between(decided, deleted),
                    between(decided, load.lastFailure().orElseThrow()));
        }
    }

    private static long between(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private static void print(PrintStream out, String what, java.util.stream.Stream<Long> values) {
        List<Long> sorted = values.sorted().toList();
        out.printf(
                "%-45s median %5d ms, worst %5d ms%n",
                what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }
}
