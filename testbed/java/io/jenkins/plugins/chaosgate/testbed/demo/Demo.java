package io.jenkins.plugins.chaosgate.testbed.demo;

import io.jenkins.plugins.chaosgate.testbed.Bed;
import io.jenkins.plugins.chaosgate.testbed.app.Client;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.parts.Home;
import io.jenkins.plugins.chaosgate.testbed.quick.QuickBed;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The talk's demo: brings a bed up, sends it users, and lets the command line gate two releases of reviews. Ends with
 * status 0 only when the one that breaks was stopped, the one that holds was let through, and nothing was left behind.
 * {@code testbed/demo} builds what it needs and calls it.
 */
public final class Demo implements AutoCloseable {
    private static final int REQUESTS_PER_SECOND = 30;
    private static final List<Chapter> CHAPTERS = List.of(Chapter.BREAKS, Chapter.HOLDS);

    private final PrintStream out = System.out;
    private final Path home = Home.folder();
    private final Path reports = home.resolve("testbed/.run/demo");
    private final Bed bed;

    private final Load users;
    private final List<Story> stories = new CopyOnWriteArrayList<>();

    private Demo(Bed bed) {
        this.bed = bed;
        URI page = bed.inbound("productpage-v1").resolve("/productpage");
        users = Load.start(page, "productpage:9080", REQUESTS_PER_SECOND, Map.of());
    }

    /** Takes {@code --full} for the full bed and {@code --keep} to leave the bed up until Ctrl-C. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Set<String> options = Set.of(arguments);
        Demo demo = new Demo(options.contains("--full") ? FullBed.start() : QuickBed.start());
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
        boolean asTold = demo.run();
        if (options.contains("--keep")) {
            demo.waitForCtrlC();
        }
        System.exit(asTold ? 0 : 1);
    }

    /** Gates end first, since they need the bed to roll back. */
    @Override
    public void close() {
        stories.forEach(Story::close);
        users.close();
        bed.close();
    }

    private boolean run() throws IOException, InterruptedException {
        out.println("Bookinfo is up; " + REQUESTS_PER_SECOND + " requests a second go to its front page.");
        MeshObjects before = MeshObjects.read(bed.kubeconfig());
        List<Outcome> outcomes = tellStories();
        List<String> leftovers = MeshObjects.read(bed.kubeconfig()).since(before);
        Summary summary = new Summary(outcomes, leftovers, isCalm());
        out.println();
        summary.lines().forEach(out::println);
        return summary.complaints().isEmpty();
    }

    /** Both gates run at the same time, since their canaries are different ones; they are told one after the other. */
    private List<Outcome> tellStories() throws IOException, InterruptedException {
        for (Chapter chapter : CHAPTERS) {
            Files.deleteIfExists(chapter.report(reports).resolve("report.json")); // one from before would be believed
            stories.add(Story.start(chapter.version(), home, command(chapter)));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < CHAPTERS.size(); i++) {
            Chapter chapter = CHAPTERS.get(i);
            out.printf("%n== reviews %s: %s (%s)%n%n", chapter.version(), chapter.title(), chapter.experiment());
            int exitStatus = stories.get(i).tell(out::println);
            outcomes.add(Outcome.read(chapter, exitStatus, chapter.report(reports)));
        }
        return outcomes;
    }

    private List<String> command(Chapter chapter) {
        Path report = chapter.report(reports);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                home.resolve("target/chaos-gate-cli.jar").toString(),
                "run",
                chapter.experiment(),
                "--kubeconfig",
                bed.kubeconfig().toString(),
                "--prometheus",
                bed.prometheus().toString(),
                "--state",
                reports.toString(),
                "--report",
                report.toString(),
                "--junit",
                report.resolve("junit.xml").toString());
    }

    private boolean isCalm() {
        try (Client client = new Client()) {
            return CHAPTERS.stream()
                    .map(chapter -> bed.outbound("reviews-" + chapter.version()).resolve("/ratings"))
                    .allMatch(ratings ->
                            client.get(ratings, "ratings:9080", Map.of()).status() == 200);
        }
    }

    private void waitForCtrlC() throws InterruptedException {
        out.printf(
                """

                The bed stays up until Ctrl-C:
                  export KUBECONFIG=%s
                  front page   %s/productpage
                  Prometheus   %s
                  a gate       java -jar target/chaos-gate-cli.jar run %s --prometheus %s
                """,
                bed.kubeconfig(),
                bed.inbound("productpage-v1"),
                bed.prometheus(),
                Chapter.HOLDS.experiment(),
                bed.prometheus());
        Thread.currentThread().join();
    }
}
