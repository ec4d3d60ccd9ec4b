package io.jenkins.plugins.chaosgate.testbed.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;

class WorkFolderTest {

    @Test
    void isEmptyAndPrivateAtFirstAndKeepsOnlyLogsInTheEnd() throws Exception {
        try (Loopback block = Loopback.claim()) {
            WorkFolder first = WorkFolder.create(block);
            Path old = first.write("old", "of an earlier bed");
            WorkFolder work = WorkFolder.create(block);

            assertThat(old).doesNotExist();
            assertThat(Files.getPosixFilePermissions(work.path()))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);

            Files.writeString(work.folder("logs").resolve("some.log"), "kept");
            Files.writeString(work.folder("data").resolve("deep"), "deleted");
            assertThat(work.write("token", "secret")).hasContent("secret");
            work.deleteAllButLogs();

            assertThat(work.path()).isDirectoryNotContaining(file -> !file.endsWith("logs"));
            assertThat(work.path().resolve("logs/some.log")).hasContent("kept");
        }
    }
}
