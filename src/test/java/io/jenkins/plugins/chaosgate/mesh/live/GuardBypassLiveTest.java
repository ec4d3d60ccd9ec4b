package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.GUARD;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thief with the account's token makes no Job but such as gates make: none that runs, adopts, or lives on. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class GuardBypassLiveTest {

    private static final String FROM_NOW = "must be at most the longest lease from now";
    private static final String FIELDS = "no other field in its spec than a gate writes";
    private static final String TEMPLATE = "the pod template of a guard must be the one that gates write";
    private static final String CONTAINER = "the only container of a guard must be the one that gates write";

    private static StolenToken token;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        token = StolenToken.under(bed);
    }

    @AfterAll
    static void end() {
        token.close();
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
                arguments(
                        "it has a name of the user's",
                        "name: chaos-gate-7f3a",
                        "name: nightly-2",
                        "a guard must be named"),
                arguments(
                        "its name is another gate's",
                        "name: chaos-gate-7f3a",
                        "name: chaos-gate-0000",
                        "a guard must be named"),
                arguments(
                        "it has no label",
                        "app.kubernetes.io/managed-by: chaos-gate, ",
                        "",
                        "the two labels of a gate"),
                arguments(
                        "it has a label more",
                        "{app.kub",
                        "{kueue.x-k8s.io/queue-name: q, app.kub",
                        "the two labels of a gate"),
                arguments(
                        "it has an annotation more", "{chaos-gate.jenkins.io/origin", "{x.example/y", "no annotations"),
                arguments(
                        "it orphans what it owns",
                        "  annotations:",
                        "  finalizers: [orphan]\n  annotations:",
                        "no finalizers"),
                arguments(
                        "a Deployment owns it",
                        "  annotations:",
                        "  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: x, uid: x}]\n  annotations:",
                        "must not be owned"),
                arguments("it has an image", "never-runs:1", "busybox:1", CONTAINER),
                arguments("it has a command", "image:", "command: [sh]\n        image:", CONTAINER),
                arguments(
                        "it takes a secret into a variable",
                        "image:",
                        "envFrom: [{secretRef: {name: x}}]\n        image:",
                        CONTAINER),
                arguments("it is privileged", "allowPrivilegeEscalation: false, ", "", CONTAINER),
                arguments(
                        "it has a second container",
                        "containers:",
                        "containers:\n      - {name: two, image: \"x:1\"}",
                        CONTAINER),
                arguments(
                        "it has a container before",
                        pod,
                        pod + "\n      initContainers: [{name: x, image: \"x:1\"}]",
                        TEMPLATE),
                arguments(
                        "it mounts a secret",
                        pod,
                        pod + "\n      volumes: [{name: x, secret: {secretName: x}}]",
                        TEMPLATE),
                arguments(
                        "it mounts the node", pod, pod + "\n      volumes: [{name: x, hostPath: {path: /}}]", TEMPLATE),
                arguments("it is on the node's network", pod, pod + "\n      hostNetwork: true", TEMPLATE),
                arguments("it chooses its node", pod, pod + "\n      nodeName: control-plane", TEMPLATE),
                arguments("it chooses its account", pod, pod + "\n      serviceAccountName: admin", TEMPLATE),
                arguments("it takes its account's token", "Token: false", "Token: true", TEMPLATE),
                arguments("it pulls with a secret", pod, pod + "\n      imagePullSecrets: [{name: x}]", TEMPLATE),
                arguments(
                        "its pods have annotations",
                        "template:",
                        "template:\n    metadata: {annotations: {x: y}}",
                        TEMPLATE));
    }

    @ParameterizedTest(name = "a Job is refused where {0}")
    @MethodSource("guards")
    void isRefused(String where, String piece, String instead, String words) {
        String attempt = with(GUARD, piece, instead);
        assertRefused(token.refusalToTry(with(attempt, "7f3a", "aaaa")), words);
    }

    /** All attempts begin with these: what is refused above is refused for its one difference. */
    @Test
    void whatAllThoseBeginWithIsTaken() {
        assertThat(token.refusalToTry(with(GUARD, "7f3a", "aaaa"))).isEmpty();
    }
}
