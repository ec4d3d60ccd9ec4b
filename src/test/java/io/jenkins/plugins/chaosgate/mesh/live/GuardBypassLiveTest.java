package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.applying;
import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.merging;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.GUARD;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.LOCK;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
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

/** A thief with the account's token runs nothing by a Job, keeps no guard beyond its lease, and touches nothing of the user's. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class GuardBypassLiveTest {

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
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: charted
              namespace: bookinfo
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: 0000}
            spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: x, image: "x:1"}]}}}
            ---
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: tracing, namespace: bookinfo}
            spec: {workloadSelector: {labels: {app: nobody}}}
            ---
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: leader, namespace: bookinfo}
            spec: {holderIdentity: a controller}
            """;

    private static final String ONLY_TTL = "may change nothing of a guard but its ttlSecondsAfterFinished";
    private static final String FROM_NOW = "must be at most the longest lease from now";
    private static final String LABELS = "the labels and annotations of a guard must stay";
    private static final String FIELDS = "no other field in its spec than a gate writes";
    private static final String TEMPLATE = "the pod template of a guard must be the one that gates write";
    private static final String CONTAINER = "the only container of a guard must be the one that gates write";
    private static final String NOT_ITS_OWN = "may only delete what a gate made";

    private static final List<HasMetadata> MADE = new ArrayList<>();
    private static StolenToken token;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        for (String yaml : OF_THE_USER.split("---\n")) {
            MADE.add(bed.client().resource(yaml).create());
        }
        token = StolenToken.under(bed);
        MADE.add(token.make(GUARD));
        MADE.add(token.make(LOCK));
        Mesh.await("the guard's completion", () -> Mesh.guards(bed).stream()
                .filter(job -> job.getMetadata().getName().equals("chaos-gate-7f3a"))
                .anyMatch(job -> job.getStatus().getCompletionTime() != null));
    }

    @AfterAll
    static void end(FullBed bed) {
        token.close();
        MADE.forEach(object -> bed.client().resource(object).delete());
    }

    static Stream<Arguments> guards() {
        String spec = "parallelism: 0";
        String pod = "restartPolicy: Never";
        return Stream.of(
                arguments("it runs a pod", spec, "parallelism: 1", "Jobs with parallelism 0"),
                arguments("it asks for a completion", "completions: 0", "completions: 1", "Jobs with completions 0"),
                arguments("it does not say how many", spec, "activeDeadlineSeconds: 1", "Jobs with parallelism 0"),
                arguments("somebody else completes it", spec, spec + "\n  managedBy: x.example/nobody", FIELDS),
                arguments("it waits for ever", spec, spec + "\n  suspend: true", FIELDS),
                arguments(
                        "it adopts pods of others",
                        "template:",
                        "manualSelector: true\n  selector: {matchLabels: {app: reviews}}\n  template:\n"
                                + "    metadata: {labels: {app: reviews}}",
                        FIELDS),
                arguments("it has a deadline", spec, spec + "\n  activeDeadlineSeconds: 9", FIELDS),
                arguments("it has an index", spec, spec + "\n  completionMode: Indexed", FIELDS),
                arguments("it is tried again", "backoffLimit: 0", "backoffLimit: 1", FIELDS),
                arguments("it lives for ever", "ttlSecondsAfterFinished: 3601", "suspend: false", "must be set"),
                arguments("it lives for more than the longest lease", "3601", "3602", FROM_NOW),
                arguments("it has a name of the user's", "name: chaos-gate-7f3a", "name: nightly-2", "a guard must be named"),
                arguments("its name is another gate's", "name: chaos-gate-7f3a", "name: chaos-gate-0000", "a guard must be named"),
                arguments("it has no label", "app.kubernetes.io/managed-by: chaos-gate, ", "", "the two labels of a gate"),
                arguments("it has a label more", "{app.kub", "{kueue.x-k8s.io/queue-name: q, app.kub", "the two labels of a gate"),
                arguments("it has an annotation more", "{chaos-gate.jenkins.io/origin", "{x.example/y", "no annotations"),
                arguments("it orphans what it owns", "  annotations:", "  finalizers: [orphan]\n  annotations:", "no finalizers"),
                arguments(
                        "a Deployment owns it",
                        "  annotations:",
                        "  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: x, uid: x}]\n  annotations:",
                        "must not be owned"),
                arguments("it has an image", "never-runs:1", "busybox:1", CONTAINER),
                arguments("it has a command", "image:", "command: [sh]\n        image:", CONTAINER),
                arguments("it takes a secret into a variable", "image:", "envFrom: [{secretRef: {name: x}}]\n        image:", CONTAINER),
                arguments("it is privileged", "allowPrivilegeEscalation: false, ", "", CONTAINER),
                arguments("it has a second container", "containers:", "containers:\n      - {name: two, image: \"x:1\"}", CONTAINER),
                arguments("it has a container before", pod, pod + "\n      initContainers: [{name: x, image: \"x:1\"}]", TEMPLATE),
                arguments("it mounts a secret", pod, pod + "\n      volumes: [{name: x, secret: {secretName: x}}]", TEMPLATE),
                arguments("it mounts the node", pod, pod + "\n      volumes: [{name: x, hostPath: {path: /}}]", TEMPLATE),
                arguments("it is on the node's network", pod, pod + "\n      hostNetwork: true", TEMPLATE),
                arguments("it chooses its node", pod, pod + "\n      nodeName: control-plane", TEMPLATE),
                arguments("it chooses its account", pod, pod + "\n      serviceAccountName: admin", TEMPLATE),
                arguments("it takes its account's token", "Token: false", "Token: true", TEMPLATE),
                arguments("it pulls with a secret", pod, pod + "\n      imagePullSecrets: [{name: x}]", TEMPLATE),
                arguments("its pods have annotations", "template:", "template:\n    metadata: {annotations: {x: y}}", TEMPLATE));
    }

    @ParameterizedTest(name = "a Job is refused where {0}")
    @MethodSource("guards")
    void isRefused(String where, String piece, String instead, String words) {
        String attempt = with(GUARD, piece, instead);
        assertRefused(token.refusalToTry(with(attempt, "7f3a", "aaaa")), words);
    }

    static Stream<Arguments> locks() {
        return Stream.of(
                arguments("it has a name of the user's", "chaos-gate-lock-0123456789ab", "leader-2", "Leases of gates"),
                arguments("it only begins like one", "0123456789ab", "leader", "Leases of gates"),
                arguments("it has no label", "app.kubernetes.io/managed-by: chaos-gate, ", "", "the two labels of a gate"),
                arguments("it lasts for days", "leaseDurationSeconds: 3615", "leaseDurationSeconds: 3616", "1 to 3615 s"),
                arguments("it has a finalizer", "  annotations:", "  finalizers: [x.example/y]\n  annotations:", "no finalizers"),
                arguments(
                        "a Job of the user's owns it",
                        "  annotations:",
                        "  ownerReferences: [{apiVersion: batch/v1, kind: Job, name: nightly, uid: x}]\n  annotations:",
                        "owned by the guard of its gate or by nobody"));
    }

    @ParameterizedTest(name = "a Lease is refused where {0}")
    @MethodSource("locks")
    void isNoLock(String where, String piece, String instead, String words) {
        assertRefused(token.refusalToTry(with(LOCK, piece, instead)), words);
    }

    static Stream<Arguments> changes() {
        String notes = "{\"metadata\": {\"annotations\": {\"chaos-gate.jenkins.io/origin\": \"nobody\"}}}";
        String ours = "{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": \"chaos-gate\","
                + " \"chaos-gate.jenkins.io/gate\": \"copy\"}}}";
        return Stream.of(
                arguments("a guard's label goes", "{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": null}}}", "label"),
                arguments("a guard's gate changes", "{\"metadata\": {\"labels\": {\"chaos-gate.jenkins.io/gate\": \"x\"}}}", "label"),
                arguments("a guard's origin changes", notes, LABELS),
                arguments("a guard gets a finalizer", "{\"metadata\": {\"finalizers\": [\"x.example/y\"]}}", "the finalizers of a guard"),
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
                token.refusalToPatch(Mesh.JOB, name, merging("chaos-gate"), patch.substring(patch.indexOf('{'))), words);
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
                token.refusalToPatch(
                        Mesh.JOB, "chaos-gate-7f3a", merging(by), raise + ", " + first.substring(1)),
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
                        job
                                ? "{\"status\": {\"ready\": 0}}"
                                : "{\"status\": {\"observedGeneration\": 1}}"),
                "may not touch the status of objects");
    }

    static Stream<Arguments> deletions() {
        return Stream.of(
                arguments("a Job of the user's", Mesh.JOB, "nightly", "Background", NOT_ITS_OWN),
                arguments("a Job that is only named like a guard", Mesh.JOB, "chaos-gate-copy", "Background", NOT_ITS_OWN),
                arguments("a Job that only has the labels of a guard", Mesh.JOB, "charted", "Background", NOT_ITS_OWN),
                arguments("an EnvoyFilter of the user's", Mesh.ENVOY_FILTER, "tracing", "Background", NOT_ITS_OWN),
                arguments("a Lease of the user's", Mesh.LEASE, "leader", "Background", NOT_ITS_OWN),
                arguments("a guard, and its fault stays", Mesh.JOB, "chaos-gate-7f3a", "Orphan", "Background or Foreground"),
                arguments("a guard, with no word of its fault", Mesh.JOB, "chaos-gate-7f3a", "", "Background or Foreground"),
                arguments("a Deployment", Mesh.kind("apps", "v1", "Deployment", "deployments"), "reviews-v2", "Background", "only delete guards"));
    }

    @ParameterizedTest(name = "is not deleted: {0}")
    @MethodSource("deletions")
    void isNotDeleted(String what, ResourceDefinitionContext kind, String name, String propagation, String words) {
        assertRefused(token.refusalToDelete(kind, name, propagation), words);
    }

    @Test
    void noEnvoyFilterIsChanged() {
        assertRefused(
                token.refusalToPatch(
                        Mesh.ENVOY_FILTER, "tracing", merging("chaos-gate"), "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}"),
                "chaos-gate-faults-are-owned");
    }

    @ParameterizedTest(name = "of a lock is not changed: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "its holder | {\"spec\": {\"holderIdentity\": \"nobody\"}} | nothing of a lock but its renewTime",
                "its label | {\"metadata\": {\"labels\": {\"chaos-gate.jenkins.io/gate\": \"x\"}}} | and keep them",
                "its target | {\"metadata\": {\"annotations\": {\"chaos-gate.jenkins.io/target\": \"x=y\"}}} | and keep them"
            })
    void ofALockIsNotChanged(String what, String patch, String words) {
        assertRefused(
                token.refusalToPatch(Mesh.LEASE, "chaos-gate-lock-0123456789ab", merging("chaos-gate"), patch), words);
    }

    @Test
    void aLeaseOfTheUsersIsNotChanged() {
        assertRefused(
                token.refusalToPatch(
                        Mesh.LEASE, "leader", merging("chaos-gate"), "{\"spec\": {\"holderIdentity\": \"a thief\"}}"),
                "may only touch Leases of gates");
    }

    /** All attempts begin with these: what is refused above is refused for its one difference. */
    @Test
    void whatAllThoseBeginWithIsTaken() {
        assertThat(token.refusalToTry(with(GUARD, "7f3a", "aaaa"))).isEmpty();
        assertThat(token.refusalToTry(with(LOCK, "0123456789ab", "0123456789ac"))).isEmpty();
        assertThat(token.refusalToPatch(
                        Mesh.JOB,
                        "chaos-gate-7f3a",
                        merging("chaos-gate"),
                        "{\"spec\": {\"ttlSecondsAfterFinished\": 3602}}"))
                .isEmpty();
        assertThat(token.refusalToPatch(
                        Mesh.LEASE,
                        "chaos-gate-lock-0123456789ab",
                        merging("chaos-gate"),
                        "{\"spec\": {\"renewTime\": \"2026-01-01T00:00:01.000000Z\"}}"))
                .isEmpty();
    }
}
