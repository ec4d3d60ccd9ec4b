package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A list that is asked for by pages, so that no answer of a large cluster is larger than is read. All pages show the
 * cluster at the same instant.
 */
final class Pages {

    /** As many as {@code kubectl} asks for at a time. */
    private static final long OBJECTS = 500;
    /** A server that always has one more page is not believed. */
    private static final int MOST = 400;

    private Pages() {}

    /**
     * All objects of all pages.
     *
     * @param attempt what is asked, for the message
     * @throws ClusterException where the pages do not end
     */
    static List<GenericKubernetesResource> all(
            String attempt, Function<ListOptions, GenericKubernetesResourceList> ask) {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        String next = null;
        for (int page = 0; page < MOST; page++) {
            GenericKubernetesResourceList list = ask.apply(new ListOptionsBuilder()
                    .withLimit(OBJECTS)
                    .withContinue(next)
                    .build());
            objects.addAll(list.getItems());
            next = list.getMetadata() == null
                    ? ""
                    : Objects.requireNonNullElse(list.getMetadata().getContinue(), "");
            if (next.isEmpty()) {
                return objects;
            }
        }
        throw ClusterException.unexpected("could not " + attempt + ": there are more than " + MOST * OBJECTS
                + ", which is more than is read; check that the address is that of a Kubernetes API");
    }
}
