package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
    @TempDir
    Path folder;

    private final SidecarConfig config = Configs.reviewsV2();

    @Test
    void writesResponsesAsEnvoyReadsThem() throws IOException {
        ConfigFiles files = new ConfigFiles(folder);
        files.write(config);
        JsonNode routes = new ObjectMapper().readTree(files.routes().toFile());
        assertThat(routes.path("resources")).isEqualTo(config.routes());
        assertThat(routes.path("version_info").asText()).isNotBlank();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(files.routes(), files.listeners(), files.clusters());
        }
    }

    @Test
    void replacesOnlyWhatChanged() throws IOException {
        ConfigFiles files = new ConfigFiles(folder);
        files.write(config);
        Object listeners = identity(files.listeners());
        Object routes = identity(files.routes());
        files.write(config.copy());
        assertThat(identity(files.routes())).isEqualTo(routes);
        SidecarConfig changed = config.copy();
        ((ObjectNode) changed.routes().get(0)).put("name", "other");
        files.write(changed);
        assertThat(identity(files.routes())).isNotEqualTo(routes);
        assertThat(identity(files.listeners())).isEqualTo(listeners);
    }

    /** Another file under the same name has another inode. */
    private static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
