package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.applying;
import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.merging;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.GUARD;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A thief with the account's token changes nothing of a guard but how long it lives, and that to a lease from now at the most. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class GuardChangeBypassLiveTest {

    private static final String OF_THE_USER =
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: nightly, namespace: bookinfo, labels: {app: nightly}}
            spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: x, image: "x:1"}]}}}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: chaos-gate-copy, namespace: bookinfo}
            spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: x, image: "x:1"}]}}}
            ---
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: tracing, namespace: bookinfo}
            spec: {workloadSelector: {labels: {app: nobody}}}
            """;

    private static final String FROM_NOW = "must be at most the longest lease from now";
    private static final String LABELS = "the labels and annotations of a guard must stay";
    private static final String FIELDS = "no other field in its spec than a gate writes";

    private static final List<HasMetadata> MADE = new ArrayList<>();
    private static StolenToken token;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        for (String yaml : OF_THE_USER.split("---\n")) {
            MADE.add(bed.client().resource(yaml).create());
        }
        token = StolenToken.under(bed);
        MADE.add(token.make(GUARD));
        Mesh.await("the guard's completion", () -> Mesh.guards(bed).stream()
                .filter(job -> job.getMetadata().getName().equals("chaos-gate-7f3a"))
                .anyMatch(job -> job.getStatus().getCompletionTime() != null));
    }

    @AfterAll
    static void end(FullBed bed) {
        token.close();
        MADE.forEach(object -> bed.client().resource(object).delete());
    }

    static Stream<Arguments> changes() {
        String notes = "{\"metadata\": {\"annotations\": {\"chaos-gate.jenkins.io/origin\": \"nobody\"}}}";
        String ours = "{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": \"chaos-gate\","
                + " \"chaos-gate.jenkins.io/gate\": \"copy\"}}}";
        return Stream.of(
                arguments(
                        "a guard's label goes",
                        "{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": null}}}",
                        "label"),
                arguments(
                        "a guard's gate changes",
                        "{\"metadata\": {\"labels\": {\"chaos-gate.jenkins.io/gate\": \"x\"}}}",
                        "label"),
                arguments("a guard's origin changes", notes, LABELS),
                arguments(
                        "a guard gets a finalizer",
                        "{\"metadata\": {\"finalizers\": [\"x.example/y\"]}}",
                        "the finalizers of a guard"),
                arguments("a guard is to orphan", "{\"metadata\": {\"finalizers\": [\"orphan\"]}}", "guard"),
                arguments(
                        "a guard gets an owner",
                        "{\"metadata\": {\"ownerReferences\": [{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"name\": \"x\","
                                + " \"uid\": \"x\"}]}}",
                        "a guard must not be owned"),
                arguments("a guard waits for ever", "{\"spec\": {\"suspend\": true}}", FIELDS),
                arguments("a guard runs a pod", "{\"spec\": {\"parallelism\": 1}}", "parallelism 0"),
                arguments("a guard lives for ever", "{\"spec\": {\"ttlSecondsAfterFinished\": null}}", "must be set"),
                arguments("a guard lives for days", "{\"spec\": {\"ttlSecondsAfterFinished\": 86400}}", FROM_NOW),
                arguments("a guard lives for two leases", "{\"spec\": {\"ttlSecondsAfterFinished\": 7200}}", FROM_NOW),
                arguments("a guard's retries change", "{\"spec\": {\"backoffLimit\": 3}}", FIELDS),
                arguments("a Job of the user's becomes a guard", "nightly " + ours, "Jobs with parallelism 0"),
                arguments(
                        "a Job of the user's that wants no pods becomes a guard",
                        "chaos-gate-copy "
                                + ours.replace(
                                        "}}}",
                                        "}}, \"spec\": {\"suspend\": false, \"parallelism\": 0, \"ttlSecondsAfterFinished\": 0}}"),
                        "may only make Jobs"));
    }

    @ParameterizedTest(name = "is refused: {0}")
    @MethodSource("changes")
    void aChangeIsRefused(String what, String patch, String words) {
        String name = patch.startsWith("{") ? "chaos-gate-7f3a" : patch.split(" ")[0];
        assertRefused(
                token.refusalToPatch(Mesh.JOB, name, merging("chaos-gate"), patch.substring(patch.indexOf('{'))),
                words);
    }

    /** The time to live is bounded by the time that the API server notes; whoever forges notes of that kind gains nothing. */
    @ParameterizedTest(name = "is refused: {0}")
    @CsvSource({
        "a time in the future, chaos-gate, batch/v1",
        "a time in the future of another version, chaos-gate, batch/v2",
        "no time at all, , ",
        "a change by another manager, somebody, batch/v1"
    })
    void aForgedTimeIsRefused(String what, String manager, String version) {
        String managed = manager == null
                ? "{}"
                : "{\"manager\": \"chaos-gate\", \"operation\": \"Update\", \"apiVersion\": \"" + version
                        + "\", \"time\": \"2099-01-01T00:00:00Z\", \"fieldsType\": \"FieldsV1\","
                        + " \"fieldsV1\": {\"f:spec\": {\"f:suspend\": {}, \"f:ttlSecondsAfterFinished\": {}}}}";
        String first = "{\"metadata\": {\"managedFields\": [" + managed + "]}}";
        String raise = "{\"spec\": {\"ttlSecondsAfterFinished\": 99999}";
        String by = manager == null ? "chaos-gate" : manager;
        assertRefused(
                token.refusalToPatch(Mesh.JOB, "chaos-gate-7f3a", merging(by), raise + ", " + first.substring(1)),
                FROM_NOW);
        // Also where the forged note was taken before: it is kept, since it changes nothing by itself.
        token.refusalToPatch(Mesh.JOB, "chaos-gate-7f3a", merging(by), first);
        assertRefused(token.refusalToPatch(Mesh.JOB, "chaos-gate-7f3a", merging(by), raise + "}"), FROM_NOW);
        assertRefused(
                token.refusalToPatch(
                        Mesh.JOB,
                        "chaos-gate-7f3a",
                        applying(by),
                        "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"metadata\": {\"name\": \"chaos-gate-7f3a\"}, "
                                + raise.substring(1) + "}"),
                FROM_NOW);
    }

    @ParameterizedTest(name = "the status of a {0} is refused")
    @CsvSource({"Job", "EnvoyFilter"})
    void theStatusIsRefused(String kind) {
        boolean job = kind.equals("Job");
        assertRefused(
                token.refusalToPatchStatus(
                        job ? Mesh.JOB : Mesh.ENVOY_FILTER,
                        job ? "nightly" : "tracing",
                        job ? "{\"status\": {\"ready\": 0}}" : "{\"status\": {\"observedGeneration\": 1}}"),
                "may not touch the status of objects");
    }

    @Test
    void aFaultOfAGateStaysAsItWasMade(FullBed bed) throws Exception {
        String guard = Mesh.guards(bed).stream()
                .filter(job -> job.getMetadata().getName().equals("chaos-gate-7f3a"))
                .map(job -> job.getMetadata().getUid())
                .findFirst()
                .orElseThrow();
        HasMetadata fault = token.make(with(Written.FAULT, "00000000-0000-0000-0000-000000000000", guard));
        String words = "a fault must stay as it was made";
        for (String patch : List.of(
                "{\"spec\": {\"workloadSelector\": {\"labels\": {\"version\": \"v1\"}}}}",
                "{\"metadata\": {\"finalizers\": [\"x.example/y\"]}}")) {
            assertRefused(
                    token.refusalToPatch(
                            Mesh.ENVOY_FILTER, fault.getMetadata().getName(), merging("chaos-gate"), patch),
                    words);
        }
        assertRefused(
                token.refusalToPatch(
                        Mesh.ENVOY_FILTER,
                        fault.getMetadata().getName(),
                        merging("chaos-gate"),
                        "{\"metadata\": {\"ownerReferences\": null}}"),
                "a fault must be owned by a Job");
        assertThat(token.refusalToDelete(Mesh.ENVOY_FILTER, fault.getMetadata().getName(), "Background"))
                .isEmpty();
    }

    /** Also for those who may do everything. */
    @Test
    void nobodyOrphansAGuardsFault(FullBed bed) {
        assertRefused(
                changeByAdministrator(bed, "{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": null}}}"),
                "this Job guards a fault: its labels must stay");
        assertRefused(
                changeByAdministrator(bed, "{\"metadata\": {\"labels\": {\"chaos-gate.jenkins.io/gate\": \"x\"}}}"),
                "this Job guards a fault: its labels must stay");
        assertRefused(
                changeByAdministrator(bed, "{\"metadata\": {\"finalizers\": [\"orphan\"]}}"),
                "this Job guards a fault, which must not be orphaned");
        assertRefused(deletionByAdministrator(bed, "Orphan"), "delete this Job with propagationPolicy Background");
        assertRefused(deletionByAdministrator(bed, ""), "delete this Job with propagationPolicy Background");
        assertThat(changeByAdministrator(bed, "{\"metadata\": {\"annotations\": {\"x\": \"y\"}}}"))
                .isEmpty();
    }

    private static String changeByAdministrator(FullBed bed, String patch) {
        return StolenToken.refusal(() -> bed.client()
                .genericKubernetesResources(Mesh.JOB)
                .inNamespace(Mesh.NAMESPACE)
                .withName("chaos-gate-7f3a")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withDryRun(List.of("All"))
                                .build(),
                        patch));
    }

    private static String deletionByAdministrator(FullBed bed, String propagation) {
        return StolenToken.refusalToDelete(bed.client(), Mesh.JOB, "chaos-gate-7f3a", propagation);
    }

    /** What is refused above is refused for its one difference from this. */
    @Test
    void aLongerLifeIsTaken() {
        assertThat(token.refusalToPatch(
                        Mesh.JOB,
                        "chaos-gate-7f3a",
                        merging("chaos-gate"),
                        "{\"spec\": {\"ttlSecondsAfterFinished\": 3602}}"))
                .isEmpty();
    }
}
