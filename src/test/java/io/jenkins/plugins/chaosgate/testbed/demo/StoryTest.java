package io.jenkins.plugins.chaosgate.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StoryTest {
    @TempDir
    Path folder;

    @Test
    void tellsBothStreamsInOrderAndTheExitStatus() throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        try (Story story = shell("pwd; echo to error >&2; exit 3")) {
            assertThat(story.tell(told::add)).isEqualTo(3);
        }
        assertThat(told).containsExactly(folder.toRealPath().toString(), "to error");
    }

    @Test
    void aStoryThatIsOverIsStillToldFromItsFirstLine() throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        try (Story story = shell("echo one; echo two")) {
            story.tell(line -> {});
            story.tell(told::add);
        }
        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void linesAreToldWhileTheProcessStillRuns() throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        Path go = folder.resolve("go");
        try (Story story = shell("echo waiting; until [ -e go ]; do sleep 0.05; done; echo done")) {
            story.tell(line -> {
                told.add(line);
                if (line.equals("waiting")) {
                    touch(go);
                }
            });
        }
        assertThat(told).containsExactly("waiting", "done");
    }

    @Test
    void closingAsksTheProcessToEndAndLetsItRollBack() throws IOException, InterruptedException {
        Story story = shell(
                "trap 'echo rolled back; touch rolled-back; exit 130' TERM; echo up; while :; do sleep 0.05; done");
        CountDownLatch up = new CountDownLatch(1);
        List<String> told = new ArrayList<>();
        Thread listener = new Thread(() -> {
            try {
                told.add("exit "
                        + story.tell(line -> {
                            told.add(line);
                            up.countDown();
                        }));
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        });
        listener.start();
        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();
        story.close();
        listener.join();
        assertThat(folder.resolve("rolled-back")).exists();
        assertThat(told).containsExactly("up", "rolled back", "exit 130");
    }

    private Story shell(String script) throws IOException {
        return Story.start("test", folder, List.of("sh", "-c", script));
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
