package io.jenkins.plugins.chaosgate.testbed.full;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.chaosgate.testbed.process.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Istio's kinds of objects. */
final class Kinds {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Kinds() {}

    /** The custom resource definitions in a YAML file. */
    static List<CustomResourceDefinition> read(Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return new KubernetesSerialization().unmarshal(yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException("could not read " + file, failure);
        }
    }

    /** Makes the kinds known and returns when objects of each can be created. */
    static void define(List<CustomResourceDefinition> kinds, KubernetesClient client) {
        kinds.forEach(kind -> client.resource(kind).create());
        Await.until(
                "Istio's resource definitions to be established",
                LIMIT,
                () -> client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                                .filter(Kinds::established)
                                .count()
                        >= kinds.size());
    }

    private static boolean established(CustomResourceDefinition kind) {
        return kind.getStatus() != null
                && kind.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
