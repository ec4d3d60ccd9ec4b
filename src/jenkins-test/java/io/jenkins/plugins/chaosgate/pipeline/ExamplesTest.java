package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every pipeline that the project shows to people runs as it stands, against a canary that holds and one that breaks. */
@WithJenkins
class ExamplesTest {

    private static final Pattern PIPELINE_IN_A_PAGE =
            Pattern.compile("```groovy\n(pipeline \\{.*?)```", Pattern.DOTALL);

    private static Map<String, String> pipelines() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Path.of("examples", "jenkins"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jenkinsfile"))
                    .sorted()
                    .toList()) {
                all.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        for (String page : new String[] {"README.md", "docs/pipeline.md"}) {
            Matcher found = PIPELINE_IN_A_PAGE.matcher(Files.readString(Path.of(page)));
            assertThat(found.find()).as("a pipeline in " + page).isTrue();
            all.put(page, found.group(1));
        }
        return all;
    }

    private static Map<String, WorkflowRun> started(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        Map<String, WorkflowRun> runs = new LinkedHashMap<>();
        for (Map.Entry<String, String> pipeline : pipelines().entrySet()) {
            runs.put(
                    pipeline.getKey(),
                    Pipelines.job(jenkins, pipeline.getValue())
                            .scheduleBuild2(0)
                            .waitForStart());
        }
        assertThat(runs).hasSizeGreaterThanOrEqualTo(8);
        return runs;
    }

    @Test
    void aCanaryThatHoldsIsPromotedByAll(JenkinsRule jenkins) throws Exception {
        FakeWorld world = FakeWorld.target("fake");
        for (Map.Entry<String, WorkflowRun> run : started(jenkins).entrySet()) {
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run.getValue()));
            assertThat(promotes(run.getValue())).as(run.getKey()).isTrue();
        }
        assertThat(world.hurts()).isFalse();
        assertThat(world.isRolledBack()).isFalse();
    }

    @Test
    void aCanaryThatBreaksIsPromotedByNone(JenkinsRule jenkins) throws Exception {
        FakeWorld world = FakeWorld.target("fake").breaksUnderFault();
        for (Map.Entry<String, WorkflowRun> run : started(jenkins).entrySet()) {
            WorkflowRun ended = jenkins.waitForCompletion(run.getValue());
            assertThat(ended.getResult()).as(run.getKey()).isIn(Result.FAILURE, Result.UNSTABLE);
            assertThat(promotes(ended)).as(run.getKey()).isFalse();
            jenkins.assertLogContains("VIOLATED", ended);
        }
        assertThat(world.hurts()).isFalse();
        assertThat(world.isRolledBack()).as("by the example that says so").isTrue();
    }

    /** Whether it came to the promotion; a pipeline's text is not in its log. */
    private static boolean promotes(WorkflowRun run) throws IOException {
        return run.getLog(10_000).stream().anyMatch(line -> line.startsWith("PROMOTED"));
    }
}
