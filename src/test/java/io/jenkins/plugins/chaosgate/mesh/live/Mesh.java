package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** What the live tests ask of the bed beside the gate. */
final class Mesh {

    static final String NAMESPACE = "bookinfo";
    static final ResourceDefinitionContext ENVOY_FILTER =
            kind("networking.istio.io", "v1alpha3", "EnvoyFilter", "envoyfilters");
    static final ResourceDefinitionContext VIRTUAL_SERVICE =
            kind("networking.istio.io", "v1", "VirtualService", "virtualservices");
    static final ResourceDefinitionContext JOB = kind("batch", "v1", "Job", "jobs");
    static final ResourceDefinitionContext LEASE = kind("coordination.k8s.io", "v1", "Lease", "leases");

    private Mesh() {}

    static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** Requests at the front page, enough of them for every version of reviews. */
    static Load load(FullBed bed) {
        return Load.start(bed.inbound("productpage-v1").resolve("/productpage"), "productpage:9080", 45, Map.of());
    }

    /** The EnvoyFilters in the application's namespace: none but ours are made there. */
    static List<GenericKubernetesResource> faults(FullBed bed) {
        return bed.client()
                .genericKubernetesResources(ENVOY_FILTER)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    /** The Jobs in the application's namespace: none but ours are made there. */
    static List<Job> guards(FullBed bed) {
        return bed.client().batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    /** The Leases in the application's namespace: none but ours are made there. */
    static List<GenericKubernetesResource> locks(FullBed bed) {
        return bed.client()
                .genericKubernetesResources(LEASE)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    static void assertNothingIsLeft(FullBed bed) {
        assertThat(faults(bed)).as("EnvoyFilters left in the cluster").isEmpty();
        assertThat(guards(bed)).as("Jobs left in the cluster").isEmpty();
        assertThat(locks(bed)).as("Leases left in the cluster").isEmpty();
    }

    /** Waits for a condition; never longer than a minute. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofMinutes(1));
        while (!condition.call()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("waited a minute in vain for " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** The sum of an instant query's values; 0 where it gives none. */
    static double query(FullBed bed, String query) throws IOException, InterruptedException {
        URI uri = URI.create(
                bed.prometheus() + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        double sum = 0;
        for (JsonNode result : new ObjectMapper().readTree(body).at("/data/result")) {
            sum += result.at("/value/1").asDouble();
        }
        return sum;
    }
}
