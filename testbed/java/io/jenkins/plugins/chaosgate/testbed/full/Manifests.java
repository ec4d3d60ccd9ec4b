package io.jenkins.plugins.chaosgate.testbed.full;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.testbed.parts.Home;
import io.jenkins.plugins.chaosgate.testbed.process.Template;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Creates the objects of the YAML files in {@code testbed/manifests}. */
final class Manifests {

    private final KubernetesClient client;

    Manifests(KubernetesClient client) {
        this.client = client;
    }

    /** The text of a file with its places filled in. */
    static String text(String name, Map<String, ?> values) {
        try {
            return Template.fill(Files.readString(Home.manifest(name)), values);
        } catch (IOException failure) {
            throw new UncheckedIOException("could not read testbed/manifests/" + name, failure);
        }
    }

    /** Creates what a file describes and gives the objects as the API made them. */
    List<HasMetadata> create(String name, Map<String, ?> values) {
        return read(name, values).stream()
                .map(object -> client.resource(object).create())
                .toList();
    }

    /** Like {@link #create} for a file with one object, which gets the status that the file gives it too. */
    HasMetadata createWithStatus(String name, Map<String, ?> values) {
        HasMetadata object = read(name, values).get(0);
        client.resource(object).create();
        return client.resource(object).patchStatus();
    }

    private List<HasMetadata> read(String name, Map<String, ?> values) {
        byte[] yaml = text(name, values).getBytes(StandardCharsets.UTF_8);
        return client.load(new ByteArrayInputStream(yaml)).items();
    }
}
