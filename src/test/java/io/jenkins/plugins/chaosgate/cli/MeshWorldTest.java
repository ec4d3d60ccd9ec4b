package io.jenkins.plugins.chaosgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real wiring, towards a cluster and a Prometheus that do not answer. */
class MeshWorldTest {

    private static final String KUBECONFIG =
            """
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: here, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: hush-hush}}]
            """;

    @TempDir
    Path dir;

    private final Streams streams = new Streams();
    private Path kubeconfig;
    private Path experiment;

    @BeforeEach
    void files() throws IOException {
        kubeconfig = Files.writeString(dir.resolve("config"), KUBECONFIG);
        experiment = Files.writeString(
                dir.resolve("chaos.yaml"),
                """
                name: nobody answers
                target: {namespace: bookinfo, canary: {app: reviews}}
                faults: [{httpAbort: {to: ratings, status: 500, percentage: 100}}]
                steadyState: [{failedRequests: {of: reviews, max: 10, per: 1m}}]
                """);
    }

    private int execute(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        Map<String, String> environment = Map.of("XDG_STATE_HOME", dir.toString());
        Surroundings surroundings = new Surroundings(environment, streams.out, streams.err, false, MeshWorld::new);
        return new Main(surroundings).execute(all.toArray(String[]::new));
    }

    @Test
    void aGateSaysAtOnceThatNeitherClusterNorPrometheusAnswers() throws Exception {
        Path password = Files.writeString(dir.resolve("password"), "hush-hush");

        int status = execute(
                "run",
                experiment.toString(),
                "--prometheus",
                "http://127.0.0.1:2",
                "--prometheus-user",
                "me",
                "--prometheus-password-file",
                password.toString());

        assertThat(status).isEqualTo(5);
        assertThat(streams.out())
                .containsPattern("ERROR +cluster: ")
                .containsPattern("ERROR +prometheus: ")
                .contains("the 2 errors above stop the gate")
                .doesNotContain("hush-hush");
    }

    @Test
    void aSweepThatReachesNoClusterIsFive() {
        assertThat(execute("sweep")).isEqualTo(5);
        assertThat(streams.err()).startsWith("error: the faults in the cluster could not be listed: ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example:6443, https://api.example:6443",
        "https://api.example/k8s/, https://api.example/k8s"
    })
    void aClusterIsCalledByItsApiServer(String server, String name) throws Exception {
        Path file = Files.writeString(dir.resolve("other"), KUBECONFIG.replace("http://127.0.0.1:1", server));
        try (World world = new MeshWorld()) {
            assertThat(world.nameOf(new ClusterAddress(List.of(file), Optional.empty())))
                    .isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--context elsewhere --prometheus http://127.0.0.1:2 | no context \"elsewhere\"; it has: here",
                "--prometheus http://me:hush-hush@127.0.0.1:2 | must not hold a user name or password",
                "--prometheus http://127.0.0.1:2 --prometheus-ca chaos.yaml | --prometheus: "
            })
    void whatCannotBeUsedIsTwo(String args, String message) {
        List<String> all = new ArrayList<>(List.of("check", experiment.toString()));
        for (String arg : args.split(" ")) {
            all.add(arg.equals("chaos.yaml") ? experiment.toString() : arg);
        }

        assertThat(execute(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(streams.err()).startsWith("error: ").contains(message).doesNotContain("hush-hush");
    }

    @Test
    void aTokenThatCannotStandInAHeaderIsTwoAndNotShown() throws Exception {
        Path token = Files.writeString(dir.resolve("token"), "hush\nhush");

        int status = execute(
                "check", experiment.toString(),
                "--prometheus", "http://127.0.0.1:2",
                "--prometheus-token-file", token.toString());

        assertThat(status).isEqualTo(2);
        assertThat(streams.err()).contains("bearer token").doesNotContain("hush");
    }
}
