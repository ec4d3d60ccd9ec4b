package io.jenkins.plugins.chaosgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Finding;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private static final String EXPERIMENT =
            """
            name: reviews survives a ratings outage
            target:
              namespace: bookinfo
              canary: {app: reviews, version: v2}
            faults:
              - httpAbort: {to: ratings, status: 500, percentage: 100}
            steadyState:
              - failedRequests: {of: reviews, max: 10, per: 1m}
            """;

    @TempDir
    Path dir;

    private final FakeWorld world = new FakeWorld();
    private final Streams streams = new Streams();
    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    @BeforeEach
    void files() throws IOException {
        file = Files.writeString(dir.resolve("chaos.yaml"), EXPERIMENT);
        environment.put(
                "KUBECONFIG", Files.writeString(dir.resolve("config"), "{}").toString());
        environment.put("CHAOS_GATE_PROMETHEUS", "http://127.0.0.1:9090");
        environment.put("XDG_STATE_HOME", dir.resolve("state").toString());
    }

    private int execute(String... args) {
        return new Main(world.surroundings(environment, streams)).execute(args);
    }

    private int run(String... more) {
        List<String> args = new ArrayList<>(List.of("run", file.toString()));
        args.addAll(List.of(more));
        return execute(args.toArray(String[]::new));
    }

    private JsonNode report() throws IOException {
        return new JsonMapper().readTree(dir.resolve("reports/report.json").toFile());
    }

    @Test
    void aPassIsZeroAndLeavesAllReports() throws Exception {
        Path junit = dir.resolve("deep/er/junit.xml");

        int status = run("--report", dir.resolve("reports").toString(), "--junit", junit.toString());

        assertThat(streams.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(report().get("verdict").asText()).isEqualTo("PASSED");
        assertThat(dir.resolve("reports/report.html")).content().contains("PASSED");
        assertThat(junit).content().contains("failures=\"0\" errors=\"0\"");
        assertThat(streams.out())
                .startsWith("chaos gate   reviews survives a ratings outage")
                .endsWith("verdict      PASSED  (report: " + dir.resolve("reports/report.html") + ")\n");
        try (var left = Files.list(dir.resolve("reports"))) {
            assertThat(left).hasSize(2);
        }
        assertThat(Files.getPosixFilePermissions(junit)).isEqualTo(Files.getPosixFilePermissions(file));
        assertThat(world.calls).containsExactly("dry run", "inject", "rollback");
        assertThat(world.closed).isTrue();
    }

    @Test
    void aViolationIsOne() throws Exception {
        world.valueUnderFault = 11;

        assertThat(run("--report", dir.resolve("reports").toString())).isEqualTo(1);
        assertThat(report().get("verdict").asText()).isEqualTo("VIOLATED");
        assertThat(world.calls).endsWith("rollback");
    }

    @Test
    void noTrafficIsThree() {
        world.blind = true;

        assertThat(run()).isEqualTo(3);
        assertThat(streams.out()).contains("no traffic");
    }

    @Test
    void aFailedRollbackIsFourAndShowsWhatToRun() throws Exception {
        world.rollbackFails = true;

        assertThat(run("--report", dir.resolve("reports").toString())).isEqualTo(4);
        assertThat(streams.out()).contains("run          kubectl -n bookinfo delete envoyfilter chaos-gate-");
        assertThat(report().get("undoCommands")).hasSize(1);
    }

    @Test
    void aGateThatCannotStartIsFiveAndStillLeavesItsReport() throws Exception {
        world.clusterFindings.add(Finding.error("permissions", "may not create envoyfilters"));
        world.metricFindings.add(Finding.noEvidence("prometheus", "answers 503"));

        assertThat(run("--report", dir.resolve("reports").toString())).isEqualTo(5);
        assertThat(report().get("started").asBoolean()).isFalse();
        assertThat(world.calls).isEmpty();
    }

    @Test
    void aPrometheusThatDoesNotAnswerIsThree() {
        world.metricFindings.add(Finding.noEvidence("prometheus", "answers 503"));

        assertThat(run()).isEqualTo(3);
        assertThat(world.calls).isEmpty();
    }

    @Test
    void aWrongFileIsTwoWithAllItsErrorsAndNothingIsOpened() throws Exception {
        Files.writeString(file, EXPERIMENT.replace("status: 500", "status: 700").replace("max: 10", "mox: 10"));

        assertThat(run("--report", dir.resolve("reports").toString())).isEqualTo(2);
        assertThat(streams.errLines())
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(line -> line.matches(".*chaos\\.yaml:6:\\d+: .*700.*"))
                .anyMatch(line -> line.matches(".*chaos\\.yaml:8:\\d+: .*mox.*"))
                .allMatch(line -> line.startsWith(file.toString()));
        assertThat(streams.out()).isEmpty();
        assertThat(world.cluster).isNull();
        assertThat(dir.resolve("reports")).doesNotExist();
    }

    @Test
    void variablesAndOptionsReachTheExperimentAndTheWorld() throws Exception {
        Files.writeString(file, EXPERIMENT.replace("version: v2", "version: \"${VERSION}\""));
        Path token = Files.writeString(dir.resolve("token"), "s3cret\n");

        int status = run(
                "--var", "VERSION=v7",
                "--context", "staging",
                "--prometheus", "https://prom.example",
                "--prometheus-token-file", token.toString(),
                "--metrics", "envoy",
                "--mechanism", "virtualService",
                "--report", dir.resolve("reports").toString());

        assertThat(streams.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(report().at("/experiment/target/canary/version").asText()).isEqualTo("v7");
        assertThat(report().at("/experiment/mechanism").asText()).isEqualTo("virtualService");
        assertThat(world.cluster.context()).contains("staging");
        assertThat(world.prometheus.dialect()).isEqualTo("envoy");
        assertThat(world.prometheus.url()).hasToString("https://prom.example");
        assertThat(world.prometheus.login()).isEqualTo(new PrometheusAddress.Login.Token("s3cret"));
        assertThat(world.prometheus.toString()).doesNotContain("s3cret");
    }

    @Test
    void userAndPasswordComeFromTheirFile() throws Exception {
        Path password = Files.writeString(dir.resolve("password"), "p w\n");

        assertThat(run("--prometheus-user", "me", "--prometheus-password-file", password.toString()))
                .isZero();
        assertThat(world.prometheus.login()).isEqualTo(new PrometheusAddress.Login.Password("me", "p w"));
        assertThat(world.prometheus.toString()).doesNotContain("p w");
    }

    @Test
    void matchersAndHeadersReachTheWorld() throws Exception {
        Path key = Files.writeString(dir.resolve("key"), "s3cret\n");
        environment.put("CHAOS_GATE_PROMETHEUS_HEADERS", "X-From-Environment: s3cret too\n\n");

        assertThat(run(
                        "--matcher", "cluster=staging",
                        "--matcher", "env=test",
                        "--prometheus-header", "X-Scope-OrgID: team",
                        "--prometheus-header", "X-Api-Key: @" + key))
                .isZero();

        assertThat(world.prometheus.matchers().labels()).isEqualTo(Map.of("cluster", "staging", "env", "test"));
        assertThat(world.prometheus.headers().values())
                .isEqualTo(Map.of("X-Scope-OrgID", "team", "X-Api-Key", "s3cret", "X-From-Environment", "s3cret too"));
        assertThat(world.prometheus.toString()).doesNotContain("s3cret");
    }

    @Test
    void whatObjectsCarryCanBeGiven() {
        assertThat(run(
                        "--label",
                        "team=payments",
                        "--label",
                        "app.kubernetes.io/part-of=shop",
                        "--annotation",
                        "who=a b"))
                .isZero();
        assertThat(world.extra)
                .isEqualTo(new ExtraMetadata(
                        Map.of("team", "payments", "app.kubernetes.io/part-of", "shop"), Map.of("who", "a b")));
        assertThat(run()).isZero();
        assertThat(world.extra).isEqualTo(ExtraMetadata.NONE);
    }

    @Test
    void severalKubeconfigsOfTheEnvironmentAreOne() throws Exception {
        Path second = Files.writeString(dir.resolve("second"), "{}");
        environment.put(
                "KUBECONFIG", String.join(File.pathSeparator, dir + "/gone", dir + "/config", second.toString()));
        assertThat(run()).isZero();
        assertThat(world.cluster.kubeconfigs()).containsExactly(dir.resolve("config"), second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--matcher cluster | --matcher: expected a label and the value that it must have",
                "--matcher cluster=a --matcher cluster=b | --matcher: expected one value for each label",
                "--prometheus-header s3cret | --prometheus-header: expected a header's name and its value",
                "--prometheus-header Authorization:s3cret | give credentials instead",
                "--prometheus-header X-Key:@/nonexistent | /nonexistent could not be read",
                "--metrics linkerd | --metrics is istio or envoy, not 'linkerd'",
                "--mechanism magic | --mechanism is envoyFilter or virtualService, not 'magic'",
                "--label team | --label",
                "--label chaos-gate.jenkins.io/gate=x | is not for you to set",
                "--annotation a/b/c=x | is no name that Kubernetes takes",
                "--prometheus-user me | go together",
                "--prometheus-token-file /nonexistent | /nonexistent could not be read",
                "--prometheus-ca /nonexistent | /nonexistent is not a readable file",
                "--kubeconfig /nonexistent | /nonexistent is not a readable file",
                "--report /dev/null/x | no report can be written to /dev/null/x",
                "--nonsense | Unknown option: '--nonsense'",
                "--var novalue | --var"
            })
    void wrongUsageIsTwoAndSaysWhatToDo(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(streams.err()).startsWith("error: ").contains(message).doesNotContain("\tat ");
        assertThat(world.calls).isEmpty();
    }

    @Test
    void anAddressThatIsNoUrlIsNotRepeatedForItMayHoldAPassword() {
        assertThat(run("--prometheus", "http://me:secret@ho st")).isEqualTo(2);
        assertThat(streams.err()).contains("--prometheus is no URL").doesNotContain("secret");
    }

    @Test
    void withoutPrometheusThereIsNoGate() {
        environment.remove("CHAOS_GATE_PROMETHEUS");

        assertThat(run()).isEqualTo(2);
        assertThat(streams.err()).contains("--prometheus URL").contains("CHAOS_GATE_PROMETHEUS");
    }

    @Test
    void aTerminalGetsColoursAndALiveLineThatIsGoneAtTheEnd() {
        Surroundings onTerminal = new Surroundings(environment, streams.out, streams.err, true, () -> world);

        assertThat(new Main(onTerminal).execute("run", file.toString())).isZero();
        assertThat(streams.out())
                .contains("\u001b[?7l\u001b[2m00:")
                .endsWith("\r\u001b[Kverdict      \u001b[32mPASSED\u001b[0m\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void coloursCanBeTurnedOff(boolean byVariable) {
        Surroundings onTerminal = new Surroundings(environment, streams.out, streams.err, true, () -> world);
        if (byVariable) {
            environment.put("NO_COLOR", "1");
        }
        String[] args = byVariable
                ? new String[] {"run", file.toString()}
                : new String[] {"run", file.toString(), "--no-color"};

        assertThat(new Main(onTerminal).execute(args)).isZero();
        assertThat(streams.out().replaceAll("\u001b\\[\\?7[lh]|\r\u001b\\[K", ""))
                .doesNotContain("\u001b");
    }

    @Test
    void aMissingFileIsTwo() {
        assertThat(execute("check", dir.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(streams.err()).contains("none.yaml does not exist");
    }

    @Test
    void aPassWhoseReportCannotBeWrittenIsNoPass() throws Exception {
        Path reports = Files.createDirectories(dir.resolve("reports"));
        Files.createDirectories(reports.resolve("report.json/in-the-way"));

        assertThat(run("--report", reports.toString())).isEqualTo(3);
        assertThat(streams.err())
                .contains("error: the report " + reports.resolve("report.json") + " could not be written");
        assertThat(reports.resolve("report.html")).exists();
        assertThat(world.calls).endsWith("rollback");

        world.valueUnderFault = 11;
        assertThat(run("--report", reports.toString())).isEqualTo(1);
    }

    @Test
    void checkPrintsTheObjectsAsYamlAndChangesNothing() {
        assertThat(execute("check", file.toString())).isZero();
        assertThat(streams.out())
                .isEqualTo(
                        """
                        # reviews survives a ratings outage
                        # ok           permissions: permissions
                        # ok           queries: 1 query
                        # ok           evidence: failed requests of reviews: needs 11 requests in 1m
                        # A gate would start. This is what it would apply:
                        ---
                        kind: EnvoyFilter
                        metadata:
                          name: x
                        """);
        assertThat(world.calls).containsExactly("dry run");
        assertThat(world.closed).isTrue();
    }

    @Test
    void checkEndsAsARefusedGateWould() {
        world.metricFindings.add(Finding.noEvidence("prometheus", "answers\n503"));
        assertThat(execute("check", file.toString())).isEqualTo(3);
        assertThat(streams.out())
                .contains("# no evidence  prometheus: answers 503")
                .contains("# A gate would not start: one thing stops it.");

        world.clusterFindings.add(Finding.error("canary", "no pod"));
        assertThat(execute("check", file.toString())).isEqualTo(5);
    }

    @Test
    void sweepSaysWhatItRemoved() {
        world.leftovers.add(new Leftover(FakeWorld.change("aaaa1111", List.of()), "me@\u001b[2Jhost", "12:00", ""));
        world.leftovers.add(new Leftover(FakeWorld.change("bbbb2222", List.of()), "", "", ""));

        assertThat(execute("sweep", "--namespace", "bookinfo")).isZero();
        assertThat(streams.out())
                .isEqualTo(
                        """
                        removed EnvoyFilter bookinfo/chaos-gate-aaaa1111 (gate aaaa1111, by me@\uFFFD[2Jhost, since 12:00)
                        removed EnvoyFilter bookinfo/chaos-gate-bbbb2222 (gate bbbb2222)
                        """);
        assertThat(world.calls).containsExactly("rollback", "rollback");
    }

    @Test
    void sweepCanBeKeptToOneGateOrNamespace() {
        world.leftovers.add(new Leftover(FakeWorld.change("aaaa1111", List.of()), "", "", ""));

        assertThat(execute("sweep", "--gate", "bbbb2222")).isZero();
        assertThat(execute("sweep", "--namespace", "elsewhere")).isZero();
        assertThat(streams.out()).isEqualTo("no fault of a gate is in\n".repeat(2));
        assertThat(world.calls).isEmpty();
    }

    @Test
    void sweepIsNotContentWhileSomethingStands() {
        world.leftovers.add(new Leftover(FakeWorld.change("aaaa1111", List.of()), "", "", ""));

        assertThat(execute("sweep", "--dry-run")).isEqualTo(4);
        assertThat(streams.out()).startsWith("would remove EnvoyFilter bookinfo/chaos-gate-aaaa1111");
        assertThat(world.calls).isEmpty();

        world.rollbackFails = true;
        assertThat(execute("sweep")).isEqualTo(4);
        assertThat(streams.errLines())
                .containsExactly(
                        "error: still in: EnvoyFilter bookinfo/chaos-gate-aaaa1111 (gate aaaa1111):"
                                + " the cluster does not answer",
                        "  run: kubectl -n bookinfo delete envoyfilter chaos-gate-aaaa1111");
    }

    /** What a run of that gate wrote down before it was killed. */
    private Change killed(String cluster, String gate) {
        Change change = FakeWorld.change(gate, List.of(0));
        GateTicket ticket = new GateTicket(gate, "me@host", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        journal().of(cluster).open(ticket, change).toCompletableFuture().join();
        return change;
    }

    private FileJournal journal() {
        return world.journal(dir.resolve("state/chaos-gate/journal"));
    }

    private List<String> journalled() {
        return journal().read().toCompletableFuture().join().entries().stream()
                .map(entry -> entry.cluster() + " " + entry.change().gate())
                .toList();
    }

    @Test
    void aRunLeavesNothingInTheJournalUnlessItHadTo() {
        assertThat(run()).isZero();
        assertThat(dir.resolve("state/chaos-gate/journal")).isDirectory();
        assertThat(journalled()).isEmpty();

        world.rollbackFails = true;
        assertThat(run("--state", dir.resolve("elsewhere").toString())).isEqualTo(4);
        assertThat(journalled()).isEmpty();
        assertThat(world.journal(dir.resolve("elsewhere/journal"))
                        .read()
                        .toCompletableFuture()
                        .join()
                        .entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.cluster()).isEqualTo("https://fake");
                    assertThat(entry.change().object().kind()).isEqualTo("EnvoyFilter");
                });
    }

    @Test
    void aStateThatCannotBeWrittenIsTwoAndNothingIsTouched() throws IOException {
        Path inTheWay = Files.createFile(dir.resolve("file"));
        assertThat(run("--state", inTheWay.toString())).isEqualTo(2);
        assertThat(streams.err())
                .startsWith("error: nothing can be written down in " + inTheWay.resolve("journal"))
                .contains("--state");
        assertThat(world.calls).isEmpty();
    }

    @Test
    void sweepTakesOutWhatTheJournalListsAndClosesIt() {
        killed("https://fake", "aaaa1111");
        world.leftovers.add(new Leftover(killed("https://fake", "bbbb2222"), "me@host", "12:00", ""));
        killed("https://other", "cccc3333");

        assertThat(execute("sweep", "--dry-run")).isEqualTo(4);
        assertThat(streams.out().lines())
                .containsExactlyInAnyOrder(
                        "would remove EnvoyFilter bookinfo/chaos-gate-bbbb2222 (gate bbbb2222, by me@host, since 12:00)",
                        "would make sure that it is gone: EnvoyFilter bookinfo/chaos-gate-aaaa1111 (gate aaaa1111,"
                                + " by me@host, since 1970-01-01T00:00:00Z, until 1970-01-01T00:01:00Z)");
        assertThat(world.calls).isEmpty();

        assertThat(execute("sweep")).isZero();
        assertThat(streams.out())
                .contains("removed EnvoyFilter bookinfo/chaos-gate-bbbb2222 (gate bbbb2222, by me@host, since 12:00)")
                .contains("was gone already: EnvoyFilter bookinfo/chaos-gate-aaaa1111 (gate aaaa1111, by me@host");
        assertThat(world.calls).containsExactly("rollback", "rollback");
        assertThat(journalled()).containsExactly("https://other cccc3333");
    }

    @Test
    void sweepWaitsUntilWhatIsNotThereCannotComeInAnyMore() {
        killed("https://fake", "aaaa1111");
        world.isIn = false;
        Instant before = world.clock.now();
        assertThat(execute("sweep")).isZero();
        assertThat(streams.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("may still come in, so looking until 2026-03-01T12:02:30Z: EnvoyFilter"),
                        line -> assertThat(line)
                                .startsWith("made sure that it is gone: EnvoyFilter bookinfo/chaos-gate-aaaa1111"));
        assertThat(Duration.between(before, world.clock.now())).isBetween(seconds(150), seconds(152));
        assertThat(journalled()).isEmpty();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void sweepDoesNotWaitForWhatTheClusterHadAnswered() {
        Change change = killed("https://fake", "aaaa1111");
        world.isIn = false;
        journal().of("https://fake").answered(change).toCompletableFuture().join();
        Instant before = world.clock.now();
        assertThat(execute("sweep")).isZero();
        assertThat(streams.out()).startsWith("was gone already: EnvoyFilter bookinfo/chaos-gate-aaaa1111");
        assertThat(world.clock.now()).isEqualTo(before);
    }

    @Test
    void sweepKeepsTheEntriesOfAnotherClusterBehindTheSameAddress() {
        world.identity = java.util.Optional.of("uid-of-the-first");
        Change change = FakeWorld.change("aaaa1111", List.of(0));
        GateTicket ticket = new GateTicket("aaaa1111", "me@host", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        journal()
                .of("https://fake", world::identity)
                .open(ticket, change)
                .toCompletableFuture()
                .join();
        world.identity = java.util.Optional.of("uid-of-another");
        assertThat(execute("sweep")).isEqualTo(4);
        assertThat(streams.errLines())
                .singleElement()
                .asString()
                .startsWith("error: not looked for, and kept in the journal: EnvoyFilter bookinfo/chaos-gate-aaaa1111")
                .contains("uid-of-the-first", "uid-of-another");
        assertThat(world.calls).isEmpty();
        assertThat(journalled()).hasSize(1);
    }

    @Test
    void sweepSaysThatItRemovedRoutesAndNotTheVirtualService() {
        ObjectRef object = new ObjectRef("networking.istio.io/v1", "VirtualService", "bookinfo", "ratings");
        world.leftovers.add(new Leftover(new Change("aaaa1111", object, true, "{}", List.of()), "", "", ""));
        assertThat(execute("sweep")).isZero();
        assertThat(streams.out())
                .isEqualTo("removed the gate's routes in VirtualService bookinfo/ratings (gate aaaa1111)\n");
    }

    @Test
    void sweepByTheJournalKeepsToOneGateOrNamespace() {
        killed("https://fake", "aaaa1111");
        assertThat(execute("sweep", "--gate", "bbbb2222")).isZero();
        assertThat(execute("sweep", "--namespace", "elsewhere")).isZero();
        assertThat(streams.out()).isEqualTo("no fault of a gate is in\n".repeat(2));
        assertThat(journalled()).hasSize(1);
    }

    @Test
    void sweepLeavesTheEntryOfWhatStillStands() {
        killed("https://fake", "aaaa1111");
        world.rollbackFails = true;
        assertThat(execute("sweep")).isEqualTo(4);
        assertThat(streams.errLines()).hasSize(2);
        assertThat(streams.errLines().get(0))
                .startsWith("error: still in: EnvoyFilter bookinfo/chaos-gate-aaaa1111 (gate aaaa1111, by me@host")
                .endsWith("the cluster does not answer");
        assertThat(streams.errLines().get(1))
                .isEqualTo("  run: kubectl -n bookinfo delete envoyfilter chaos-gate-aaaa1111");
        assertThat(world.calls).hasSizeGreaterThan(1).containsOnly("rollback");
        assertThat(journalled()).hasSize(1);
    }

    @Test
    void sweepSaysWhatItCannotReadAndGoesOn() throws IOException {
        killed("https://fake", "aaaa1111");
        Path broken = Files.writeString(dir.resolve("state/chaos-gate/journal/x.entry.json"), "{}");
        assertThat(execute("sweep")).isZero();
        assertThat(streams.out()).contains("was gone already");
        assertThat(streams.err())
                .startsWith(
                        "warning: " + broken + " cannot be read, delete it once nothing of a gate is in any cluster: ");
        assertThat(broken).exists();
    }

    @Test
    void sweepThatCannotAskIsFive() {
        world.cannotList = java.util.Optional.of("connection refused");

        assertThat(execute("sweep")).isEqualTo(5);
        assertThat(streams.err())
                .isEqualTo("error: the faults in the cluster could not be listed: connection refused\n");
    }

    @Test
    void whatNobodyExpectedHasNoStackTraceUnlessAskedFor() {
        world.clock = null;
        assertThat(run()).isEqualTo(5);
        assertThat(streams.err())
                .startsWith("error: unexpected: ")
                .contains("--debug")
                .doesNotContain("\tat ");

        assertThat(run("--debug")).isEqualTo(5);
        assertThat(streams.err()).contains("\tat ");
    }

    @Test
    void schemasAreJson() throws Exception {
        assertThat(execute("schema")).isZero();
        assertThat(new JsonMapper().readTree(streams.out()).has("$schema")).isTrue();

        Streams second = new Streams();
        assertThat(new Main(world.surroundings(environment, second)).execute("schema", "--report"))
                .isZero();
        assertThat(new JsonMapper().readTree(second.out()).get("title").asText())
                .isEqualTo("Report of a Chaos Gate");
    }

    @Test
    void planTellsHowSoonABadCanaryIsNoticed() throws Exception {
        Path plan = dir.resolve("plan.yaml");
        Files.writeString(
                plan,
                """
                name: a plan
                target: {namespace: bookinfo, canary: {app: reviews}}
                controlRun: true
                steadyState:
                  - errorRate: {of: reviews, max: 1%, burstiness: 1}
                  - failedRequests: {of: reviews, max: 10, per: 30s}
                  - errorRate: {name: compared, of: reviews, compareTo: stable, maxRatio: 2, burstiness: 1}
                  - promql: {name: queue, query: up, max: 1}
                watch: {duration: 2m, earlyPass: true}
                """);
        assertThat(execute("plan", plan.toString(), "--rate", "10/s", "--gates", "200"))
                .isZero();
        String out = streams.out();
        assertThat(out)
                .startsWith("a plan\n10/s; a look each 5s; 2m under the fault; 200 gates a line, seed 1\n")
                .contains("error rate of reviews, limit at most 1 %\n  needs 299 requests, which come in 30s\n")
                .contains("needs 11 requests, which come in 2s")
                .containsPattern("none +0\\.0 % +100\\.0 %, 40s +0\\.0 %")
                .containsPattern("5 % \\(5 × the limit\\) +100\\.0 %, [12][05]s +0\\.0 % +0\\.0 %")
                .containsPattern("compared, limit .*\n  beside the stable version's 10/s, 1 % of them bad\n")
                .containsPattern("10 % \\(5 × the limit\\) +100\\.0 %, [3-5][05]s +0\\.0 % +0\\.0 %")
                .containsPattern("queue, limit .*\n  not simulated");

        Streams again = new Streams();
        assertThat(new Main(world.surroundings(environment, again))
                        .execute("plan", plan.toString(), "--rate", "600/m", "--gates", "200"))
                .isZero();
        assertThat(again.out()).isEqualTo(out);
    }

    @Test
    void planSaysWhenTheTimeCannotBeEnough() throws Exception {
        Path plan = dir.resolve("plan.yaml");
        Files.writeString(
                plan,
                """
                name: a plan
                target: {namespace: bookinfo, canary: {app: reviews}}
                controlRun: true
                steadyState:
                  - errorRate: {of: reviews, max: 0.1%}
                """);
        assertThat(execute("plan", plan.toString(), "--rate", "10/s", "--gates", "20"))
                .isZero();
        assertThat(streams.out())
                .contains("needs 2995 requests, which come in 5m: too few for 1m; set a duration of at least that")
                .containsPattern("none +0\\.0 % +0\\.0 % +100\\.0 %");
        assertThat(execute("plan", plan.toString(), "--rate", "10")).isEqualTo(2);
        assertThat(execute("plan", plan.toString(), "--rate", "1/s", "--burstiness", "0.5"))
                .isEqualTo(2);
        assertThat(execute("plan", plan.toString(), "--rate", "1/s", "--gates", "0"))
                .isEqualTo(2);
        assertThat(execute("plan", plan.toString())).isEqualTo(2);
        assertThat(execute("plan", plan.toString(), "--rate", "1/s", "--stable-rate", "2"))
                .isEqualTo(2);
        assertThat(streams.err()).contains("--stable-rate is a rate with its unit");
        assertThat(execute("plan", plan.toString(), "--rate", "1/s", "--stable-bad", "0"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "check --help",
                "sweep --help",
                "schema --help",
                "plan --help",
                "--version"
            })
    void helpIsThere(String args) {
        assertThat(execute(args.split(" "))).isZero();
        assertThat(streams.out()).contains("chaos-gate");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void noCommandAndAWrongOneAreTwo() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("rum")).isEqualTo(2);
        assertThat(streams.err()).contains("name a command").contains("run");
    }

    @Test
    void theOriginIsTheBuildOrTheUser() {
        environment.put("HOSTNAME", "laptop");
        assertThat(Origin.of(world.surroundings(environment, streams)))
                .isEqualTo(System.getProperty("user.name") + "@laptop");
        environment.put("BUILD_URL", "https://me:secret@ci.example/job/x/7/");
        assertThat(Origin.of(world.surroundings(environment, streams))).isEqualTo("https://ci.example/job/x/7/");
    }
}
