package io.jenkins.plugins.chaosgate.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which cluster is meant. */
final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig. %nDefault: $$KUBECONFIG, then ~/.kube/config.")
    private Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context in the kubeconfig. Default: its current context.")
    private String context;

    /**
     * @throws UsageException where no kubeconfig is found
     */
    ClusterAddress address(Surroundings surroundings) {
        List<Path> candidates = candidates(surroundings);
        // As for kubectl, a listed file need not be there; one that is there and cannot be read is told when it is
        // read.
        List<Path> found = candidates.stream().filter(Files::exists).toList();
        if (found.isEmpty() || candidates.size() == 1 && !Files.isReadable(candidates.get(0))) {
            throw new UsageException(
                    "no kubeconfig: " + candidates.get(0) + " is not a readable file; name one with --kubeconfig");
        }
        return new ClusterAddress(found, Optional.ofNullable(context));
    }

    private List<Path> candidates(Surroundings surroundings) {
        if (kubeconfig != null) {
            return List.of(kubeconfig);
        }
        return surroundings
                .variable("KUBECONFIG")
                .map(paths -> Arrays.stream(paths.split(java.io.File.pathSeparator))
                        .filter(path -> !path.isBlank())
                        .map(Path::of)
                        .toList())
                .filter(paths -> !paths.isEmpty())
                .orElse(List.of(Path.of(System.getProperty("user.home"), ".kube", "config")));
    }
}
