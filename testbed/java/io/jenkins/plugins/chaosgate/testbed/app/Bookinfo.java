package io.jenkins.plugins.chaosgate.testbed.app;

import java.time.Duration;
import java.util.List;

/**
 * The workloads of the Bookinfo application: productpage calls reviews and details, reviews calls ratings. The versions of
 * reviews differ in what they do when ratings fails: v1 and v3 fall back, v2 fails.
 */
public final class Bookinfo {

    /** The namespace of all of them. */
    public static final String NAMESPACE = "bookinfo";

    /** Every workload, callers before those that they call. */
    public static final List<Workload> WORKLOADS = List.of(
            Workload.of(
                    "productpage",
                    "v1",
                    11,
                    Upstream.needed("reviews", Duration.ofSeconds(15)),
                    Upstream.needed("details", Duration.ofSeconds(15))),
            Workload.of("reviews", "v1", 21, Upstream.optional("ratings", Duration.ofSeconds(3))),
            Workload.of("reviews", "v2", 22, Upstream.needed("ratings", Duration.ofSeconds(10))),
            Workload.of("reviews", "v3", 23, Upstream.optional("ratings", Duration.ofSeconds(3))),
            Workload.of("ratings", "v1", 31),
            Workload.of("ratings", "v2", 32),
            Workload.of("details", "v1", 41));

    private Bookinfo() {}

    /**
     * The workload of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Workload workload(String name) {
        return WORKLOADS.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload %s, expected one of %s"
                        .formatted(name, WORKLOADS.stream().map(Workload::name).toList())));
    }
}
