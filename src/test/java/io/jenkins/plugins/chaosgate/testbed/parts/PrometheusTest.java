package io.jenkins.plugins.chaosgate.testbed.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import io.jenkins.plugins.chaosgate.testbed.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class PrometheusTest {

    @Test
    void everyEnvoyIsATargetEachSecond(@TempDir Path work) throws Exception {
        try (Loopback block = Loopback.claim()) {
            Addresses addresses = new Addresses(block);

            Program program = Prometheus.program(Path.of("/programs"), work, addresses, Bookinfo.WORKLOADS);

            assertThat(program.command())
                    .startsWith("/programs/prometheus")
                    .contains(addresses.prometheus().getAuthority());
            Map<String, Object> configuration = new Yaml().load(Files.readString(work.resolve("prometheus.yaml")));
            assertThat(configuration).extracting("global.scrape_interval").isEqualTo("1s");
            assertThat(configuration.toString())
                    .contains("targets=[" + block.address(1, 22) + ":15090], labels={pod=reviews-v2-bed-1, app=reviews,"
                            + " version=v2, namespace=bookinfo}");
            assertThat((List<?>) targets(configuration)).hasSameSizeAs(Bookinfo.WORKLOADS);
        }
    }

    private static Object targets(Map<String, Object> configuration) {
        Map<?, ?> job = (Map<?, ?>) ((List<?>) configuration.get("scrape_configs")).get(0);
        return job.get("static_configs");
    }
}
