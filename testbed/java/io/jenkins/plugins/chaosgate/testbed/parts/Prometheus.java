package io.jenkins.plugins.chaosgate.testbed.parts;

import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import io.jenkins.plugins.chaosgate.testbed.process.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Prometheus that scrapes the Envoy of each workload every second and gives their metrics an Istio mesh's names. */
public final class Prometheus {

    private Prometheus() {}

    /**
     * Writes its configuration ({@code testbed/manifests/prometheus.yaml} with the targets) and tells how to start it. It is
     * ready when {@code /-/ready} answers.
     *
     * @param bin the folder with the programs
     * @param work an empty folder for its configuration and data
     */
    public static Program program(Path bin, Path work, Addresses addresses, List<Workload> workloads) {
        String targets = workloads.stream()
                .map(workload -> "  - targets: ['%s:%d']%n    labels: {pod: %s, app: %s, version: %s, namespace: %s}%n"
                        .formatted(
                                addresses.workload(workload),
                                Addresses.SCRAPE_PORT,
                                workload.pod(),
                                workload.service(),
                                workload.version(),
                                Bookinfo.NAMESPACE))
                .collect(Collectors.joining());
        Path configuration = work.resolve("prometheus.yaml");
        try {
            Files.createDirectories(work);
            String template = Files.readString(Home.manifest("prometheus.yaml"));
            Files.writeString(configuration, Template.fill(template, Map.of("TARGETS", targets.stripTrailing())));
        } catch (IOException failure) {
            throw new UncheckedIOException("could not write the configuration of Prometheus", failure);
        }
        return Program.of("prometheus", bin.resolve("prometheus"))
                .with("--config.file", configuration, "--storage.tsdb.path", work.resolve("data"))
                .with("--web.listen-address", addresses.prometheus().getAuthority(), "--log.level", "warn");
    }
}
