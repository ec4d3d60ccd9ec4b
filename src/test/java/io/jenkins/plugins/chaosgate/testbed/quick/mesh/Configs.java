package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.parts.Addresses;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;

/** Configurations for tests. */
final class Configs {
    private Configs() {}

    static SidecarConfig reviewsV2() {
        try (Loopback block = Loopback.claim()) {
            return Sidecars.of(
                    Bookinfo.workload("reviews-v2"), Bookinfo.WORKLOADS, new Addresses(block), "/bed/routes.json");
        }
    }
}
