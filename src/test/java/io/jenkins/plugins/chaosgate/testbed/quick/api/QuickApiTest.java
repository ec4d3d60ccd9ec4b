package io.jenkins.plugins.chaosgate.testbed.quick.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a gate asks of a cluster's API, asked of the quick bed's through the real client. */
class QuickApiTest {
    @TempDir
    Path folder;

    private QuickApi api;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        api = new QuickApi(InetAddress.getByName("127.0.0.1"), 0);
        Path kubeconfig = api.writeKubeconfig(folder.resolve("kubeconfig"));
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("bookinfo")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void answersThatItIsReadyAndWhatItIs() {
        assertThat(client.raw("/readyz")).isEqualTo("ok");
        assertThat(client.getKubernetesVersion().getGitVersion()).contains("quick-bed");
    }

    @Test
    void listsTheKindsThatItServes() {
        assertThat(client.getApiGroup("networking.istio.io").getVersions())
                .extracting("version")
                .containsExactly("v1", "v1alpha3");
        assertThat(client.getApiGroup("networking.istio.io")
                        .getPreferredVersion()
                        .getVersion())
                .isEqualTo("v1");
        assertThat(client.getApiResources("v1").getResources())
                .extracting("kind")
                .contains("Pod", "Service");
        assertThat(client.getApiGroup("kuma.io")).isNull();
    }

    @Test
    void servesNothingOfAKindThatIsNotInstalled() {
        assertThatThrownBy(() -> client.genericKubernetesResources("kuma.io/v1alpha1", "Mesh")
                        .list())
                .isInstanceOf(KubernetesClientException.class);
        assertThat(client.raw("/apis/kuma.io/v1alpha1/namespaces/bookinfo/meshes"))
                .isNull();
    }

    @Test
    void aNewObjectGetsAnIdentityAndKeepsEveryField() {
        GenericKubernetesResource made =
                filters().resource(filter("abort", "f1")).create();
        assertThat(made.getMetadata().getUid()).isNotBlank();
        assertThat(made.getMetadata().getResourceVersion()).isNotBlank();
        assertThat(Instant.parse(made.getMetadata().getCreationTimestamp()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        GenericKubernetesResource read = filters().withName("abort").get();
        assertThat(read).isEqualTo(made);
        assertThat(read.<Boolean>get("spec", "unknownToAll")).isTrue();
    }

    @Test
    void aNameIsGivenOnlyOnce() {
        filters().resource(filter("abort", "f1")).create();
        assertRefused(409, "AlreadyExists", () -> filters()
                .resource(filter("abort", "f2"))
                .create());
        assertThat(filters().withName("abort").get().getMetadata().getLabels()).containsEntry("gate", "f1");
    }

    @Test
    void anUnknownNamespaceTakesNothing() {
        assertRefused(
                404, "NotFound", () -> client.genericKubernetesResources("networking.istio.io/v1alpha3", "EnvoyFilter")
                        .inNamespace("nowhere")
                        .resource(filter("abort", "f1"))
                        .create());
    }

    @Test
    void aDryRunOfACreateKeepsNothing() {
        GenericKubernetesResource tried =
                filters().resource(filter("abort", "f1")).dryRun().create();
        assertThat(tried.getMetadata().getUid()).isNotBlank();
        assertThat(filters().withName("abort").get()).isNull();
        filters().resource(filter("abort", "f1")).create();
        assertRefused(
                409,
                "AlreadyExists",
                () -> filters().resource(filter("abort", "f2")).dryRun().create());
    }

    @Test
    void aDryRunOfAChangeOrADeleteChangesNothing() {
        GenericKubernetesResource made =
                filters().resource(filter("abort", "f1")).create();
        PatchContext dryRun = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withDryRun(List.of("All"))
                .build();
        GenericKubernetesResource tried =
                filters().withName("abort").patch(dryRun, "{\"metadata\":{\"labels\":{\"gate\":\"f2\"}}}");
        assertThat(tried.getMetadata().getLabels()).containsEntry("gate", "f2");
        filters().withName("abort").dryRun().delete();
        assertThat(filters().withName("abort").get()).isEqualTo(made);
    }

    @Test
    void aDeleteWithTheUidOfAnotherObjectIsRefused() {
        GenericKubernetesResource made =
                filters().resource(filter("abort", "f1")).create();
        assertRefused(409, "Conflict", () -> delete("abort", "not-its-uid"));
        assertThat(filters().withName("abort").get()).isEqualTo(made);
        delete("abort", made.getMetadata().getUid());
        assertThat(filters().withName("abort").get()).isNull();
        assertRefused(404, "NotFound", () -> delete("abort", made.getMetadata().getUid()));
    }

    @Test
    void aDeleteWithAnOldVersionIsRefused() {
        GenericKubernetesResource made =
                filters().resource(filter("abort", "f1")).create();
        filters().withName("abort").patch(merge(), "{\"metadata\":{\"labels\":{\"gate\":\"f2\"}}}");
        assertThatThrownBy(() -> filters()
                        .withName("abort")
                        .lockResourceVersion(made.getMetadata().getResourceVersion())
                        .delete())
                .asInstanceOf(type(KubernetesClientException.class))
                .returns(409, KubernetesClientException::getCode);
    }

    @Test
    void deletingWhatIsNotThereDoesNoHarm() {
        assertThat(filters()
                        .withName("abort")
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete())
                .isEmpty();
    }

    @Test
    void anOldVersionCannotBeWrittenBack() {
        GenericKubernetesResource made =
                filters().resource(filter("abort", "f1")).create();
        GenericKubernetesResource newer = filters().withName("abort").patch(merge(), "{\"spec\":{\"priority\":1}}");
        assertThat(newer.getMetadata().getResourceVersion())
                .isNotEqualTo(made.getMetadata().getResourceVersion());
        assertRefused(409, "Conflict", () -> filters().resource(made).update());
        assertRefused(409, "Conflict", () -> filters()
                .withName("abort")
                .patch(
                        merge(),
                        "{\"metadata\":{\"resourceVersion\":\"%s\"}}"
                                .formatted(made.getMetadata().getResourceVersion())));
    }

    @Test
    void aPatchOfAnotherObjectsUidIsRefused() {
        filters().resource(filter("abort", "f1")).create();
        assertRefused(
                422, "Invalid", () -> filters().withName("abort").patch(merge(), "{\"metadata\":{\"uid\":\"other\"}}"));
    }

    @Test
    void aJsonPatchHoldsItsTestsOrDoesNothing() {
        GenericKubernetesResource made =
                filters().resource(filter("abort", "f1")).create();
        String version = made.getMetadata().getResourceVersion();
        String patch =
                """
                [{"op":"test","path":"/metadata/resourceVersion","value":"%s"},
                 {"op":"add","path":"/metadata/labels/more","value":"yes"}]""";
        PatchContext json = PatchContext.of(PatchType.JSON);
        GenericKubernetesResource patched = filters().withName("abort").patch(json, patch.formatted(version));
        assertThat(patched.getMetadata().getLabels()).containsEntry("more", "yes");
        assertRefused(422, "Invalid", () -> filters().withName("abort").patch(json, patch.formatted(version)));
        assertRefused(422, "Invalid", () -> filters()
                .withName("abort")
                .patch(json, "[{\"op\":\"add\",\"path\":\"/metadata/annotations/x\",\"value\":\"no parent\"}]"));
        assertThat(filters().withName("abort").get()).isEqualTo(patched);
    }

    @Test
    void aMergePatchRemovesWithNull() {
        filters().resource(filter("abort", "f1")).create();
        GenericKubernetesResource patched =
                filters().withName("abort").patch(merge(), "{\"metadata\":{\"labels\":{\"gate\":null,\"a\":\"b\"}}}");
        assertThat(patched.getMetadata().getLabels()).containsOnly(Map.entry("a", "b"), Map.entry("kind", "chaos"));
    }

    @Test
    void onlyPatchesThatCustomResourcesTakeAreServed() {
        filters().resource(filter("abort", "f1")).create();
        assertRefused(415, "UnsupportedMediaType", () -> filters()
                .withName("abort")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{}"));
    }

    @Test
    void selectsByLabels() {
        filters().resource(filter("one", "f1")).create();
        filters().resource(filter("two", "f2")).create();
        assertThat(names(filters().withLabel("gate", "f2").list())).containsExactly("two");
        assertThat(names(filters().withoutLabel("gate", "f2").list())).containsExactly("one");
        assertThat(names(filters().withLabel("gate").list())).containsExactlyInAnyOrder("one", "two");
        assertThat(names(filters().withoutLabel("gate").list())).isEmpty();
        assertThat(names(filters()
                        .withLabels(Map.of("gate", "f1", "kind", "chaos"))
                        .list()))
                .containsExactly("one");
    }

    @Test
    void aSelectorThatItDoesNotKnowIsRefusedInsteadOfIgnored() {
        assertRefused(400, "BadRequest", () -> filters()
                .withLabelIn("gate", "f1", "f2")
                .list());
        assertRefused(400, "BadRequest", () -> filters()
                .withField("spec.priority", "1")
                .list());
    }

    @Test
    void listsAcrossNamespaces() {
        filters().resource(filter("one", "f1")).create();
        assertThat(names(everyFilter().inAnyNamespace().list())).containsExactly("one");
    }

    @Test
    void tellsWatchersOfEveryChange() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Watch watch = filters().watch(new Recorder(seen));
        filters().resource(filter("abort", "f1")).create();
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED abort f1");
        filters().withName("abort").patch(merge(), "{\"metadata\":{\"labels\":{\"gate\":\"f2\"}}}");
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("MODIFIED abort f2");
        filters().withName("abort").delete();
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("DELETED abort f2");
        watch.close();
    }

    @Test
    void everybodyMayDoEverything() {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup("networking.istio.io")
                .withResource("envoyfilters")
                .withVerb("create")
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer =
                client.authorization().v1().selfSubjectAccessReview().create(review);
        assertThat(answer.getStatus().getAllowed()).isTrue();
        assertThat(answer.getSpec()).isEqualTo(review.getSpec());
    }

    @Test
    void anObjectOfTheWrongKindIsRefused() {
        GenericKubernetesResource wrong = filter("abort", "f1");
        wrong.setKind("VirtualService");
        assertThatThrownBy(() -> client.resource(wrong).inNamespace("bookinfo").create())
                .isInstanceOf(KubernetesClientException.class);
    }

    private void delete(String name, String uid) {
        String options =
                """
                {"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background","preconditions":{"uid":"%s"}}"""
                        .formatted(uid);
        client.raw("/apis/networking.istio.io/v1alpha3/namespaces/bookinfo/envoyfilters/" + name, "DELETE", options);
    }

    private static void assertRefused(int code, String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(KubernetesClientException.class))
                .returns(code, KubernetesClientException::getCode)
                .extracting(refusal -> refusal.getStatus().getReason())
                .isEqualTo(reason);
    }

    private static PatchContext merge() {
        return PatchContext.of(PatchType.JSON_MERGE);
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            everyFilter() {
        return client.genericKubernetesResources("networking.istio.io/v1alpha3", "EnvoyFilter");
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            filters() {
        return everyFilter().inNamespace("bookinfo");
    }

    private static List<String> names(GenericKubernetesResourceList list) {
        return list.getItems().stream()
                .map(item -> item.getMetadata().getName())
                .toList();
    }

    private static GenericKubernetesResource filter(String name, String gate) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("networking.istio.io/v1alpha3")
                .withKind("EnvoyFilter")
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("gate", gate, "kind", "chaos"))
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("unknownToAll", true))
                .build();
    }

    private record Recorder(BlockingQueue<String> seen) implements Watcher<GenericKubernetesResource> {
        @Override
        public void eventReceived(Action action, GenericKubernetesResource object) {
            seen.add(action + " " + object.getMetadata().getName() + " "
                    + object.getMetadata().getLabels().get("gate"));
        }

        @Override
        public void onClose(WatcherException cause) {
            seen.add("closed: " + cause);
        }
    }
}
