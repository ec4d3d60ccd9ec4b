package io.jenkins.plugins.chaosgate.mesh.live;

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

/** A thief with the account's token deletes nothing of the user's, and changes no EnvoyFilter and no Lease but the gates' locks. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class OwnershipBypassLiveTest {

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
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: "0000"}
            spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: x, image: "x:1"}]}}}
            ---
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: tracing, namespace: bookinfo}
            spec: {workloadSelector: {labels: {app: nobody}}}
            ---
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata:
              name: leader
              namespace: bookinfo
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: "0000"}
            spec: {holderIdentity: a controller}
            """;

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
    }

    @AfterAll
    static void end(FullBed bed) {
        token.close();
        MADE.forEach(object -> bed.client().resource(object).delete());
    }

    static Stream<Arguments> locks() {
        return Stream.of(
                arguments("it has a name of the user's", "chaos-gate-lock-0123456789ab", "leader-2", "Leases of gates"),
                arguments("it only begins like one", "0123456789ab", "leader", "Leases of gates"),
                arguments(
                        "it has no label",
                        "app.kubernetes.io/managed-by: chaos-gate, ",
                        "",
                        "the two labels of a gate"),
                arguments(
                        "it lasts for days", "leaseDurationSeconds: 3615", "leaseDurationSeconds: 3616", "1 to 3615 s"),
                arguments(
                        "it has a finalizer",
                        "  annotations:",
                        "  finalizers: [x.example/y]\n  annotations:",
                        "no finalizers"),
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

    static Stream<Arguments> deletions() {
        return Stream.of(
                arguments("a Job of the user's", Mesh.JOB, "nightly", "Background", NOT_ITS_OWN),
                arguments(
                        "a Job that is only named like a guard",
                        Mesh.JOB,
                        "chaos-gate-copy",
                        "Background",
                        NOT_ITS_OWN),
                arguments("a Job that only has the labels of a guard", Mesh.JOB, "charted", "Background", NOT_ITS_OWN),
                arguments(
                        "all Jobs of the user's at once",
                        Mesh.JOB,
                        "?labelSelector=app%3Dnightly",
                        "Background",
                        NOT_ITS_OWN),
                arguments("an EnvoyFilter of the user's", Mesh.ENVOY_FILTER, "tracing", "Background", NOT_ITS_OWN),
                arguments("a Lease of the user's", Mesh.LEASE, "leader", "Background", NOT_ITS_OWN),
                arguments(
                        "a guard, and its fault stays",
                        Mesh.JOB,
                        "chaos-gate-7f3a",
                        "Orphan",
                        "Background or Foreground"),
                arguments(
                        "a guard, with no word of its fault",
                        Mesh.JOB,
                        "chaos-gate-7f3a",
                        "",
                        "Background or Foreground"),
                arguments(
                        "a pod",
                        Mesh.kind("", "v1", "Pod", "pods"),
                        "reviews-v2-bed-1",
                        "Background",
                        "only delete guards"),
                arguments(
                        "a Deployment",
                        Mesh.kind("apps", "v1", "Deployment", "deployments"),
                        "reviews-v2",
                        "Background",
                        "only delete guards"));
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
                        Mesh.ENVOY_FILTER,
                        "tracing",
                        merging("chaos-gate"),
                        "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}"),
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
        assertThat(token.refusalToTry(with(LOCK, "0123456789ab", "0123456789ac")))
                .isEmpty();
        assertThat(token.refusalToPatch(
                        Mesh.LEASE,
                        "chaos-gate-lock-0123456789ab",
                        merging("chaos-gate"),
                        "{\"spec\": {\"renewTime\": \"2026-01-01T00:00:01.000000Z\"}}"))
                .isEmpty();
    }
}
