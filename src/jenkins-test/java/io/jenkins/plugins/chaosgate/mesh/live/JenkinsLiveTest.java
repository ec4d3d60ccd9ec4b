package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.chaosgate.pipeline.target.ChaosGateConfiguration;
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.app.Load;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins in a process of its own, in front of the real mesh: what a release team sees, and what a crash leaves behind. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class JenkinsLiveTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @Test
    void theCanaryThatBreaksIsNotPromotedAndTheOneThatHoldsIs(FullBed bed) throws Throwable {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            jenkins.startJenkins();
            setUp(bed);
            String pipeline = Files.readString(Path.of("examples", "jenkins", "release-gate.jenkinsfile"));

            String breaks = jenkins.runRemotely(JenkinsLiveTest::build, pipeline, "v2");
            String holds = jenkins.runRemotely(JenkinsLiveTest::build, pipeline, "v3");

            assertThat(breaks)
                    .contains("Finished: FAILURE", "Chaos gate VIOLATED: failed requests of reviews", "fault is out")
                    .doesNotContain("\nPROMOTED");
            assertThat(holds).contains("Finished: SUCCESS", "verdict      PASSED", "\nPROMOTED");
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void aJenkinsThatIsKilledLeavesNoFaultAndItsSuccessorSaysWhatHappened(FullBed bed) throws Throwable {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            jenkins.startJenkins();
            setUp(bed);
            jenkins.runRemotely(JenkinsLiveTest::start, "5m", LEASE.toSeconds() + "s");
            Mesh.await("the fault to be in", () -> !Mesh.faults(bed).isEmpty());
            Mesh.await("somebody to be hurt", () -> Mesh.query(bed, hurt()) > 0);

            jenkins.stopJenkinsForcibly();
            Instant killed = Instant.now();
            Mesh.await("the guard to take the fault out", () -> Mesh.faults(bed).isEmpty());
            assertThat(Duration.between(killed, Instant.now())).isLessThan(LEASE.plusSeconds(3));

            jenkins.startJenkins();
            String log = jenkins.runRemotely(JenkinsLiveTest::await);
            assertThat(log).contains("INCONCLUSIVE", "Finished: UNSTABLE").doesNotContain("\nPROMOTED");
            Mesh.await("the guard to be gone", () -> Mesh.guards(bed).isEmpty());
            Mesh.assertNothingIsLeft(bed);
        }
    }

    @Test
    void aJenkinsThatIsBackInTimeGoesOn(FullBed bed) throws Throwable {
        try (Load load = Mesh.load(bed)) {
            Mesh.await("traffic", () -> load.total() > 100);
            jenkins.startJenkins();
            setUp(bed);
            jenkins.runRemotely(JenkinsLiveTest::start, "90s", "5m");
            Mesh.await("the fault to be in", () -> !Mesh.faults(bed).isEmpty());
            String fault = Mesh.faults(bed).get(0).getMetadata().getUid();

            jenkins.stopJenkinsForcibly();
            assertThat(Mesh.faults(bed)).hasSize(1);
            jenkins.startJenkins();
            assertThat(Mesh.faults(bed).get(0).getMetadata().getUid()).isEqualTo(fault);

            String log = jenkins.runRemotely(JenkinsLiveTest::await);
            assertThat(log).contains("Finished: SUCCESS", "verdict      PASSED", "\nPROMOTED");
            Mesh.assertNothingIsLeft(bed);
        }
    }

    private static String hurt() {
        return "istio_requests_total{reporter=\"source\",source_app=\"reviews\",source_version=\"v3\",response_flags=~\".*FI.*\"}";
    }

    private void setUp(FullBed bed) throws Throwable {
        jenkins.runRemotely(
                JenkinsLiveTest::configure,
                Files.readString(bed.kubeconfig()),
                bed.prometheus().toString());
    }

    // --- what is done inside that Jenkins ---

    private static void configure(JenkinsRule rule, String kubeconfig, String prometheus) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "bed",
                        "",
                        "kubeconfig",
                        SecretBytes.fromRawBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
        SystemCredentialsProvider.getInstance().save();
        ClusterTarget target = new ClusterTarget("bed");
        target.setKubernetesCredentialsId("bed");
        target.setPrometheusUrl(prometheus);
        target.setNamespaces(List.of(Mesh.NAMESPACE));
        ChaosGateConfiguration.get().setTargets(List.of(target));
    }

    private static String build(JenkinsRule rule, String pipeline, String canary) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(pipeline, true));
        // A pipeline's own parameters are known from its second build on.
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CANARY", canary)));
        WorkflowRun run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("CANARY", canary)))
                .get();
        return JenkinsRule.getLog(run);
    }

    private static void start(JenkinsRule rule, String duration, String lease) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class, "gated");
        job.setDefinition(new CpsFlowDefinition(
                """
                def gate = chaosExperiment(name: 'reviews survives a ratings outage', namespace: 'bookinfo',
                    canary: [app: 'reviews', version: 'v3'], faults: [httpAbort(to: 'ratings', status: 503)],
                    steadyState: [failedRequests(of: 'reviews', max: 10)],
                    duration: '%s', lease: '%s', warmup: '5s', interval: '1s', missingData: '60s')
                if (gate.passed) { echo 'PROMOTED' }
                """
                        .formatted(duration, lease),
                true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static String await(JenkinsRule rule) throws Exception {
        WorkflowRun run =
                rule.jenkins.getItemByFullName("gated", WorkflowJob.class).getLastBuild();
        rule.waitForCompletion(run);
        assertThat(run.getResult()).isNotEqualTo(Result.ABORTED);
        return JenkinsRule.getLog(run);
    }
}
