package io.jenkins.plugins.chaosgate.mesh.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.chaosgate.testbed.Bed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a user starts it: a process of its own, with an experiment in a file and a report in a folder. */
final class GateProcess {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path state;
    private final Path output;
    private final Path report;

    private GateProcess(Process process, Path state, Path output, Path report) {
        this.process = process;
        this.state = state;
        this.output = output;
        this.report = report;
    }

    static GateProcess run(Bed bed, String experiment, String... options) throws IOException {
        return run(bed, bed.prometheus(), experiment, options);
    }

    static GateProcess run(Bed bed, URI prometheus, String experiment, String... options) throws IOException {
        return run(bed.kubeconfig(), prometheus, experiment, options);
    }

    /** Runs with another kubeconfig than the bed's own. */
    static GateProcess runAgainst(Path kubeconfig, Bed bed, String experiment) throws IOException {
        return run(kubeconfig, bed.prometheus(), experiment);
    }

    /** Runs with the rights of the account of the published manifests. */
    static GateProcess runAsAccount(Bed bed, String experiment) throws IOException {
        Path file = Files.createTempDirectory("chaos-gate-live").resolve("kubeconfig");
        return run(Files.writeString(file, Account.kubeconfig(bed)), bed.prometheus(), experiment);
    }

    private static GateProcess run(Path kubeconfig, URI prometheus, String experiment, String... options)
            throws IOException {
        Path folder = Files.createTempDirectory("chaos-gate-live");
        List<String> arguments = arguments(kubeconfig, prometheus, folder, experiment);
        arguments.addAll(List.of(options));
        return start("Main", folder, folder.resolve("report"), arguments);
    }

    private static List<String> arguments(Path kubeconfig, URI prometheus, Path folder, String experiment)
            throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), experiment);
        return new ArrayList<>(List.of(
                "run",
                file.toString(),
                "--kubeconfig",
                kubeconfig.toString(),
                "--prometheus",
                prometheus.toString(),
                "--state",
                folder.toString(),
                "--report",
                folder.resolve("report").toString()));
    }

    /** Runs on a machine whose clock is ahead of the cluster's and of Prometheus' by that; behind where it is negative. */
    static GateProcess runAhead(Duration ahead, Bed bed, String experiment) throws IOException {
        Path folder = Files.createTempDirectory("chaos-gate-live");
        List<String> arguments = arguments(bed.kubeconfig(), bed.prometheus(), folder, experiment);
        arguments.add(0, ahead.toString());
        return start("SkewedMain", folder, folder.resolve("report"), arguments);
    }

    static GateProcess sweep(Bed bed, String... options) throws IOException {
        return sweep(bed, Files.createTempDirectory("chaos-gate-live"), options);
    }

    /** Sweeps after this gate, with what it wrote down. */
    GateProcess sweepAfter(Bed bed, String... options) throws IOException {
        return sweep(bed, state, options);
    }

    private static GateProcess sweep(Bed bed, Path folder, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("sweep", "--kubeconfig", bed.kubeconfig().toString(), "--state", folder.toString()));
        arguments.addAll(List.of(options));
        return start("Main", folder, folder, arguments);
    }

    private static GateProcess start(String main, Path folder, Path report, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.jenkins.plugins.chaosgate.cli." + main));
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new GateProcess(process, folder, output, report);
    }

    /** Waits until it ends and gives its exit status. */
    int exit() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the gate did not end within " + LIMIT + ":\n" + output());
        }
        return process.exitValue();
    }

    /** What it has said so far. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** The report that it left. */
    JsonNode report() throws IOException {
        return new ObjectMapper().readTree(report.resolve("report.json").toFile());
    }

    /** What it wrote down of changes that are, or may be, in the cluster: the entries of its journal. */
    List<JsonNode> journal() throws IOException {
        Path journal = state.resolve("journal");
        if (!Files.isDirectory(journal)) {
            return List.of();
        }
        List<JsonNode> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(journal, "*.json")) {
            for (Path file : files) {
                entries.add(new ObjectMapper().readTree(file.toFile()));
            }
        }
        return entries;
    }

    /** Asks it to end, as a terminal's Ctrl-C or a shutdown would. */
    void terminate() {
        process.destroy();
    }

    /** Ends it without a chance to tidy up. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
