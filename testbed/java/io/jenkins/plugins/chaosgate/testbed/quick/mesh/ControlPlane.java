package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Follows the EnvoyFilters of a cluster and gives each Envoy its configuration anew when they change. A change is in the
 * files within milliseconds and in the Envoys soon after (istiod waits 100 ms for more changes first).
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ControlPlane.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Workload, ConfigFiles> sidecars;
    private final Addresses addresses;
    private final SharedIndexInformer<GenericKubernetesResource> filters;

    /**
     * Writes the configuration of each workload's Envoy and starts to follow the cluster; what was in the cluster before
     * is merged in when this returns.
     *
     * @param client stays open for as long as this; not closed by it
     * @param sidecars every workload with the folder of its Envoy
     */
    public ControlPlane(KubernetesClient client, Map<Workload, ConfigFiles> sidecars, Addresses addresses) {
        this.sidecars = Map.copyOf(sidecars);
        this.addresses = addresses;
        filters = client.genericKubernetesResources("networking.istio.io/v1alpha3", "EnvoyFilter")
                .inAnyNamespace()
                .runnableInformer(0);
        filters.addEventHandler(new Follower());
        filters.run();
        push();
    }

    private synchronized void push() {
        List<JsonNode> objects = filters.getStore().list().stream()
                .map(JSON::<JsonNode>valueToTree)
                .toList();
        List<Workload> all = List.copyOf(sidecars.keySet());
        sidecars.forEach((workload, files) -> {
            SidecarConfig base =
                    Sidecars.of(workload, all, addresses, files.routes().toString());
            files.write(EnvoyFilters.merge(base, Bookinfo.NAMESPACE, labels(workload), objects));
        });
    }

    private static Map<String, String> labels(Workload workload) {
        return Map.of("app", workload.service(), "version", workload.version());
    }

    @Override
    public void close() {
        filters.stop();
    }

    private final class Follower implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource filter) {
            tellProblems(filter);
            push();
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            tellProblems(after);
            push();
        }

        @Override
        public void onDelete(GenericKubernetesResource filter, boolean stateUnknown) {
            push();
        }

        private void tellProblems(GenericKubernetesResource filter) {
            JsonNode object = JSON.valueToTree(filter);
            object.at("/spec/configPatches").forEach(patch -> EnvoyFilters.problems(patch)
                    .forEach(problem ->
                            LOG.warning("EnvoyFilter " + filter.getMetadata().getNamespace() + "/"
                                    + filter.getMetadata().getName() + " has a patch without effect: " + problem)));
        }
    }
}
