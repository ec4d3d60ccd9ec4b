package io.jenkins.plugins.chaosgate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import hudson.tasks.junit.TestResultAction;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The project's own Jenkinsfile, with a Maven that leaves what the real one would. */
@WithJenkins
class ProjectPipelineTest {

    private JenkinsRule jenkins;
    private WorkflowJob job;

    @BeforeEach
    void job(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(Files.readString(Path.of("Jenkinsfile")), true));
    }

    @Test
    void archivesThePluginWhenAllTestsPass() throws Exception {
        maven("<testcase name='a' classname='b'/>", 0);

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        assertThat(run.getArtifacts())
                .extracting(WorkflowRun.Artifact::getFileName)
                .containsExactly("chaos-gate.hpi");
        assertThat(run.getAction(TestResultAction.class).getTotalCount()).isEqualTo(1);
        jenkins.assertLogContains("clean verify -Pjenkins", run);
    }

    @Test
    void showsWhichTestFailedAndArchivesNothing() throws Exception {
        maven("<testcase name='a' classname='b'><failure>c</failure></testcase>", 1);

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(run.getArtifacts()).isEmpty();
        assertThat(run.getAction(TestResultAction.class).getFailCount()).isEqualTo(1);
    }

    /** Puts into the workspace what prints the command of a Maven, and that Maven. */
    private void maven(String testcase, int status) throws Exception {
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        script(workspace.child("testbed/maven"), "echo $PWD/mvn\n");
        script(
                workspace.child("mvn"),
                """
                echo "$@"
                mkdir -p target/surefire-reports
                echo plugin > target/chaos-gate.hpi
                echo "<testsuite name='b'>%s</testsuite>" > target/surefire-reports/TEST-b.xml
                exit %d
                """
                        .formatted(testcase, status));
    }

    private static void script(FilePath file, String commands) throws Exception {
        file.getParent().mkdirs();
        file.write("#!/bin/sh\n" + commands, "UTF-8");
        file.chmod(0755);
    }
}
