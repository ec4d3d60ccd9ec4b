package io.jenkins.plugins.chaosgate.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which cluster is meant.
 *
 * @param kubeconfigs the files that describe it, read as one; of what several name alike, the first counts
 * @param context which of their contexts; empty means the current one
 */
record ClusterAddress(List<Path> kubeconfigs, Optional<String> context) {

    ClusterAddress {
        kubeconfigs = List.copyOf(kubeconfigs);
        Objects.requireNonNull(context, "context");
    }
}
