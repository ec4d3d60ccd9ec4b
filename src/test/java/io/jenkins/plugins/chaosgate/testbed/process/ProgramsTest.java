package io.jenkins.plugins.chaosgate.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Programs programs;

    @BeforeEach
    void open() {
        programs = new Programs(folder.resolve("logs"));
    }

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void keepsWhatAProgramPrintsAndGivesItItsEnvironment() throws Exception {
        Program program = shell("greeter", "echo hello $GREETED; echo to stderr >&2; exec sleep 600")
                .env("GREETED", "you");

        Running running = programs.start(program);
        Path log = programs.logs().resolve("greeter.log");
        running.awaitReady(LIMIT, () -> Files.readString(log).contains("stderr"));

        assertThat(log).hasContent("hello you\nto stderr\n");
        assertThat(running.alive()).isTrue();
    }

    @Test
    void aProgramThatEndsInsteadOfBeingReadyIsNamedWithTheEndOfItsLog() {
        Running running = programs.start(shell("broken", "echo no configuration; exit 3"));

        assertThatThrownBy(() -> running.awaitReady(LIMIT, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected broken to be ready, it ended with status 3")
                .hasMessageContaining("no configuration");
    }

    @Test
    void aProgramThatNeverGetsReadyIsNamedWithTheEndOfItsLog() throws Exception {
        Running running = programs.start(shell("slow", "seq 100000; echo still loading; exec sleep 600"));
        Path log = programs.logs().resolve("slow.log");
        running.awaitReady(LIMIT, () -> Files.readString(log).contains("still loading"));

        assertThatThrownBy(() -> running.awaitReady(Duration.ofMillis(50), () -> false))
                .hasMessageContaining("expected slow to be ready")
                .hasMessageContaining("still loading")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(5000));
    }

    @Test
    void theLastStartedEndsFirstAndEachIsWaitedFor() throws Exception {
        Path order = folder.resolve("order");
        String ending = "trap 'sleep 0.2; echo %s >>" + order + "; exit' TERM; echo up; while :; do sleep 0.05; done";
        for (String name : List.of("called", "caller")) {
            Running running = programs.start(shell(name, ending.formatted(name)));
            Path log = programs.logs().resolve(name + ".log");
            running.awaitReady(LIMIT, () -> Files.readString(log).contains("up"));
        }

        programs.close();
        programs.close();

        assertThat(order).hasContent("caller\ncalled\n");
    }

    @Test
    void aProgramThatDoesNotEndWhenAskedIsKilled() throws Exception {
        Running stubborn = programs.start(shell("stubborn", "trap '' TERM; echo up; while :; do sleep 1; done"));
        Path log = programs.logs().resolve("stubborn.log");
        stubborn.awaitReady(LIMIT, () -> Files.readString(log).contains("up"));
        Running plain = programs.start(Program.of("plain", "sleep").with(600));

        programs.stop(List.of(plain, stubborn));

        assertThat(stubborn.alive()).isFalse();
        assertThat(plain.alive()).isFalse();
        assertThat(ProcessHandle.of(plain.pid())).isEmpty();
    }

    @Test
    void aKilledProgramIsGone() {
        Running running = programs.start(Program.of("sleeper", "sleep").with(600));

        running.kill();

        assertThat(running.alive()).isFalse();
    }

    @Test
    void anInterruptDoesNotLeaveAProcessBehind() {
        Running running = programs.start(Program.of("sleeper", "sleep").with(600));

        Thread.currentThread().interrupt();
        running.stop();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(running.alive()).isFalse();
    }

    @Test
    void programsDieWithAParentThatIsKilled() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process parent = new ProcessBuilder(java, "-cp", classPath, Parent.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();

            Await.until("the child to be gone", LIMIT, () -> !child.isAlive());
        } finally {
            parent.destroyForcibly();
        }
    }

    /** A JVM that starts a program on a thread which then ends, says its process id, and waits to be killed. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] args) throws Exception {
            Programs programs = new Programs(Path.of(args[0]));
            CompletableFuture<Running> child = new CompletableFuture<>();
            CompletableFuture<Path> thread = new CompletableFuture<>();
            new Thread(() -> {
                        Path log = programs.logs().resolve("sleeper.log");
                        Running running = programs.start(shell("sleeper", "echo up; exec sleep 600"));
                        running.awaitReady(LIMIT, () -> Files.size(log) > 0);
                        thread.complete(self());
                        child.complete(running);
                    })
                    .start();
            Path task = thread.join();
            Await.until("the starting thread to be gone", LIMIT, () -> !Files.exists(task));
            System.out.println(child.join().pid());
            new CountDownLatch(1).await();
        }

        /** The folder that Linux shows for as long as the current thread lives. */
        private static Path self() {
            try {
                return Path.of("/proc/thread-self").toRealPath();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static Program shell(String name, String script) {
        return Program.of(name, "bash").with("-c", script);
    }
}
