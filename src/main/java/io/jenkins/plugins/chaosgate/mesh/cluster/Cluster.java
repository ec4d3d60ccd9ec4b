package io.jenkins.plugins.chaosgate.mesh.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The calls that a mesh driver makes to a Kubernetes API. Objects are handled as generic resources, as JSON with every
 * field they have. Each method blocks until the answer is there and fails with a {@link ClusterException}.
 */
public final class Cluster {

    /** By this name the API knows who changed a field. */
    public static final String FIELD_MANAGER = "chaos-gate";

    private static final String SYSTEM_NAMESPACE = "kube-system";
    private static final int NOT_FOUND = 404;
    private static final int CLOCK_SECONDS = 5;

    private final KubernetesClient client;
    /**
     * The same client, but it sends a request just once. An answer that is lost may have been a yes; were the change asked for
     * again, the first request could still be carried out after the second one's change was seen, and taken out.
     */
    private final KubernetesClient once;

    public Cluster(KubernetesClient client) {
        this.client = Objects.requireNonNull(client, "client");
        this.once = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .adapt(KubernetesClient.class);
    }

    private KubernetesClient sender(boolean dryRun) {
        return dryRun ? client : once;
    }

    /** The version of the API server, as it says it: {@code v1.32.1}. */
    public String serverVersion() {
        VersionInfo version = attempt("ask for the cluster's version", client::getKubernetesVersion);
        return version == null || version.getGitVersion() == null ? "of unknown version" : version.getGitVersion();
    }

    /** The uid of the namespace kube-system, by which a cluster is told from all others; empty where there is none. */
    public Optional<String> identity() {
        return get(ResourceType.NAMESPACE, "", SYSTEM_NAMESPACE).map(Json::uid).filter(uid -> !uid.isEmpty());
    }

    /** Whether anybody's certificate would be taken for the API server's. */
    public boolean trustsAnybody() {
        return "https".equals(client.getMasterUrl().getProtocol())
                && client.getConfiguration().isTrustCerts();
    }

    /** The API server's clock, to the second, as its answers say; empty where they do not. */
    public Optional<Instant> time() {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString() + "version")
                .build();
        try {
            var answer = http.sendAsync(request, String.class).get(CLOCK_SECONDS, TimeUnit.SECONDS);
            return Optional.ofNullable(answer.header("Date"))
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | DateTimeException untold) {
            // Nothing depends on it but a warning; a cluster that does not answer is noticed by what is really asked.
            return Optional.empty();
        }
    }

    /** The versions of an API group that are served, the preferred one first; empty where the group is unknown. */
    public List<String> versions(String group) {
        APIGroup found = attempt("ask which versions of " + group + " are served", () -> client.getApiGroup(group));
        if (found == null) {
            return List.of();
        }
        String preferred = found.getPreferredVersion() == null
                ? ""
                : found.getPreferredVersion().getVersion();
        return found.getVersions().stream()
                .map(GroupVersionForDiscovery::getVersion)
                .sorted((a, b) -> Boolean.compare(b.equals(preferred), a.equals(preferred)))
                .toList();
    }

    /** The kinds that are served in a version of a group. */
    public Set<String> kinds(String group, String version) {
        APIResourceList found = attempt(
                "ask which kinds of " + group + "/" + version + " are served",
                () -> client.getApiResources(group + "/" + version));
        return found == null
                ? Set.of()
                : found.getResources().stream().map(APIResource::getKind).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the account may do this; an empty namespace means in all of them. */
    public boolean allows(String verb, ResourceType type, String namespace) {
        return allows(verb, type, "", namespace);
    }

    /** The same for a part of the objects, such as {@code status}; empty means the objects themselves. */
    public boolean allows(String verb, ResourceType type, String part, String namespace) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(type.group())
                .withResource(type.plural())
                .withSubresource(part.isEmpty() ? null : part)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer = attempt(
                "ask for the permission to " + verb + " " + type.resource(),
                () -> client.authorization().v1().selfSubjectAccessReview().create(review));
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    /** One object; empty where there is none. The namespace is ignored where the type has none. */
    public Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(
                        attempt("get " + words(type, namespace, name), () -> one(client, type, namespace, name)
                                .get()))
                .map(this::json);
    }

    /** All objects of a namespace, or of all namespaces where it is empty, that carry these labels. */
    public List<ObjectNode> list(ResourceType type, String namespace, Map<String, String> labels) {
        String attempt =
                "list " + type.resource() + (namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace);
        var all = objects(client, type);
        var wanted = namespace.isEmpty()
                ? all.inAnyNamespace().withLabels(labels)
                : all.inNamespace(namespace).withLabels(labels);
        return attempt(
                attempt,
                () -> Pages.all(attempt, wanted::list).stream().map(this::json).toList());
    }

    /** Makes an object, or only asks whether it could be made; gives it as the cluster then has it. */
    public ObjectNode create(ResourceType type, ObjectNode object, boolean dryRun) {
        GenericKubernetesResource resource =
                client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
        String namespace = resource.getMetadata().getNamespace();
        return attempt(
                (dryRun ? "try to create " : "create ")
                        + words(type, namespace, resource.getMetadata().getName()),
                () -> json(objects(sender(dryRun), type)
                        .inNamespace(namespace)
                        .resource(resource)
                        .dryRun(dryRun)
                        .create()));
    }

    /** Applies a JSON patch (RFC 6902) to an object, or only asks whether it could be; gives it as it then is. */
    public ObjectNode patch(ResourceType type, String namespace, String name, ArrayNode patch, boolean dryRun) {
        return patch(type, namespace, name, "", patch, dryRun);
    }

    /** The same for a part of the object, such as {@code status}; empty means the object itself. */
    public ObjectNode patch(
            ResourceType type, String namespace, String name, String part, ArrayNode patch, boolean dryRun) {
        PatchContext how = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(FIELD_MANAGER)
                .withDryRun(dryRun ? List.of("All") : List.of())
                .build();
        return attempt(
                (dryRun ? "try to patch " : "patch ")
                        + (part.isEmpty() ? "" : part + " of ")
                        + words(type, namespace, name),
                () -> {
                    var object = one(sender(dryRun), type, namespace, name);
                    return json(
                            part.isEmpty()
                                    ? object.patch(how, patch.toString())
                                    : object.subresource(part).patch(how, patch.toString()));
                });
    }

    /**
     * Deletes exactly that object, with all it owns; false where none of that name is there. An object of that name with
     * another uid is left alone: the call then fails with status 409.
     */
    public boolean delete(ResourceType type, String namespace, String name, String uid) {
        return delete(type, namespace, name, new Preconditions(null, uid));
    }

    /**
     * Deletes exactly that object as it was read, with all it owns; false where none of that name is there. One that was
     * changed since then is left alone: the call then fails with status 409.
     */
    public boolean deleteUnchanged(ResourceType type, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return delete(
                type,
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                new Preconditions(
                        metadata.path("resourceVersion").asText(),
                        metadata.path("uid").asText()));
    }

    private boolean delete(ResourceType type, String namespace, String name, Preconditions preconditions) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withPropagationPolicy("Background")
                .withPreconditions(preconditions)
                .build();
        try {
            // The generic resources of the client cannot send a uid along, which is what makes a delete safe.
            client.raw(type.path(namespace, name), "DELETE", options);
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == NOT_FOUND) {
                return false;
            }
            throw ClusterException.of("delete " + words(type, namespace, name), failure);
        }
    }

    private static Resource<GenericKubernetesResource> one(
            KubernetesClient sender, ResourceType type, String namespace, String name) {
        return type.namespaced()
                ? objects(sender, type).inNamespace(namespace).withName(name)
                : objects(sender, type).withName(name);
    }

    private static MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects(KubernetesClient sender, ResourceType type) {
        return sender.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(type.group())
                .withVersion(type.version())
                .withKind(type.kind())
                .withPlural(type.plural())
                .withNamespaced(type.namespaced())
                .build());
    }

    private ObjectNode json(GenericKubernetesResource resource) {
        return client.getKubernetesSerialization().convertValue(resource, ObjectNode.class);
    }

    private static String words(ResourceType type, String namespace, String name) {
        return type.kind() + " " + (type.namespaced() ? namespace + "/" : "") + name;
    }

    private static <T> T attempt(String attempt, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException failure) {
            throw ClusterException.of(attempt, failure);
        }
    }
}
