package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.testbed.process.Template;
import java.util.Map;

/** What an Envoy starts with: the full bed's bootstrap, with files in the place of istiod. */
public final class Bootstrap {

    private static final String XDS_CLUSTER = "xds-grpc";

    private Bootstrap() {}

    /**
     * The bootstrap as JSON.
     *
     * @param template {@code testbed/manifests/envoy.yaml}
     * @param values what its places are filled with, without that of istiod
     */
    public static String of(String template, Map<String, String> values, ConfigFiles files) {
        String noIstiod = template.replace("@ISTIOD@", "127.0.0.1");
        ObjectNode bootstrap = (ObjectNode) Serialization.unmarshal(Template.fill(noIstiod, values), JsonNode.class);
        ObjectNode dynamic = bootstrap.putObject("dynamic_resources");
        dynamic.putObject("cds_config")
                .putObject("path_config_source")
                .put("path", files.clusters().toString());
        dynamic.putObject("lds_config")
                .putObject("path_config_source")
                .put("path", files.listeners().toString());
        ArrayNode clusters = (ArrayNode) bootstrap.at("/static_resources/clusters");
        for (int i = clusters.size() - 1; i >= 0; i--) {
            if (clusters.get(i).path("name").asText().equals(XDS_CLUSTER)) {
                clusters.remove(i);
            }
        }
        return bootstrap.toString();
    }
}
