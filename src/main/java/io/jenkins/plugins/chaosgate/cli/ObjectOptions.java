package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What the objects that a gate makes carry beside its own labels, because a cluster's policies ask for it. */
final class ObjectOptions {

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A label for each object that a gate makes. May be given several times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--annotation",
            paramLabel = "NAME=VALUE",
            description = "An annotation for each object that a gate makes. May be given several times.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    /**
     * @throws UsageException where one of them cannot be given
     */
    ExtraMetadata metadata() {
        try {
            return new ExtraMetadata(labels, annotations);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--label, --annotation: " + wrong.getMessage());
        }
    }
}
