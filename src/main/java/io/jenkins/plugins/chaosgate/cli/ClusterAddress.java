package io.jenkins.plugins.chaosgate.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Which cluster is meant.
 *
 * @param kubeconfig the file that describes it
 * @param context which of the file's contexts; empty means its current one
 */
record ClusterAddress(Path kubeconfig, Optional<String> context) {

    ClusterAddress {
        Objects.requireNonNull(kubeconfig, "kubeconfig");
        Objects.requireNonNull(context, "context");
    }
}
