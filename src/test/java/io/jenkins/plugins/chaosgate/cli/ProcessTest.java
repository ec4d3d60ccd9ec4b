package io.jenkins.plugins.chaosgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as users start it: a Java process with arguments, streams, an exit status and signals. */
@Timeout(60)
class ProcessTest {

    private static final String SLOW =
            """
            name: slow
            target: {namespace: bookinfo, canary: {app: reviews}}
            faults:
              - httpAbort: {to: ratings, status: 500, percentage: 100}
            steadyState:
              - failedRequests: {of: reviews, max: 10, per: 1m}
            watch: {warmup: 200ms, duration: 10m, interval: 100ms}
            """;

    @TempDir
    Path dir;

    @Test
    void aWrongFileEndsWithTwoAndItsErrors() throws Exception {
        Path file = Files.writeString(dir.resolve("bad.yaml"), "name: x\nfauts: []\nsteadyState: 7\n");

        Process process = start(Main.class, "run", file.toString());
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err.lines()).hasSizeGreaterThanOrEqualTo(3).allMatch(line -> line.startsWith(file + ":"));
        assertThat(err).contains("bad.yaml:2:1: ").contains("bad.yaml:3:").contains("faults");
    }

    @Test
    void helpGoesToStandardOutput() throws Exception {
        Process process = start(Main.class, "--help");
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(out)
                .contains("run")
                .contains("check")
                .contains("sweep")
                .contains("schema")
                .contains("130");
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }

    @Test
    void whatACommandForCredentialsSaysIsSeen() throws Exception {
        Path command = Files.writeString(dir.resolve("login"), "#!/bin/sh\necho 'log in first' >&2\nexit 3\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path kubeconfig = Files.writeString(
                dir.resolve("config"),
                """
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login,
                  installHint: get it from the wiki}}}]
                current-context: x
                """);

        Process process = start(Main.class, "sweep", "--kubeconfig", kubeconfig.toString(), "--state", dir.toString());
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err)
                .startsWith("log in first\nerror: --kubeconfig: the command ")
                .contains("it ended with status 3, and what it said is on standard error")
                .contains("its installHint: get it from the wiki");
    }

    @Test
    void aSignalTakesTheFaultOutFirstAndASecondOneChangesNothing() throws Exception {
        Path file = Files.writeString(dir.resolve("slow.yaml"), SLOW);
        Path kubeconfig = Files.writeString(dir.resolve("config"), "{}");
        Path junit = dir.resolve("junit.xml");

        Process process = start(
                SlowMain.class,
                "run",
                file.toString(),
                "--kubeconfig",
                kubeconfig.toString(),
                "--prometheus",
                "http://127.0.0.1:1",
                "--state",
                dir.toString(),
                "--report",
                dir.toString(),
                "--junit",
                junit.toString());
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String before = readUntil(reader, "watching");
        // Process.destroy would close the streams as well.
        process.toHandle().destroy();
        process.toHandle().destroy();
        String after = reader.lines().collect(Collectors.joining("\n"));

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(before).contains("fault is in");
        assertThat(after).contains("fault is out").contains("verdict      ABORTED");
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("interrupted: taking the fault out first, please wait\n");
        assertThat(new JsonMapper()
                        .readTree(dir.resolve("report.json").toFile())
                        .get("verdict")
                        .asText())
                .isEqualTo("ABORTED");
        assertThat(junit).content().contains("type=\"ABORTED\"");
    }

    private static String readUntil(BufferedReader reader, String word) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            read.append(line).append('\n');
            if (line.contains(word)) {
                return read.toString();
            }
        }
        throw new AssertionError("'" + word + "' never came: " + read);
    }

    private static Process start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }
}
