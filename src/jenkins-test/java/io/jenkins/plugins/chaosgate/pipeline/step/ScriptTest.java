package io.jenkins.plugins.chaosgate.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hudson.model.Result;
import hudson.security.csrf.CrumbIssuer;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in scripts: what the Snippet Generator writes, and what Groovy gives. */
@WithJenkins
class ScriptTest {

    private static final String FULL =
            "alpha: '0.5%', beta: '2%', busyLimit: '30s', canary: [app: 'reviews', version: 'v2'], cluster: 'staging', duration: '2m', earlyPass: true, faults: ["
                    + "httpAbort(from: [app: 'reviews'], headers: ['x-tester': 'canary, too', 'x-b': 'c=d'], maxActive: 50,"
                    + " percentage: '12.5%', port: 9080, status: 503, to: 'ratings'),"
                    + " grpcAbort(status: 'UNAVAILABLE', to: 'details'),"
                    + " httpDelay(delay: '2s', percentage: 50, to: 'details'),"
                    + " bandwidthLimit(limit: '64KiB/s', to: 'details')], guard: 'none', interval: '1s', lease: '20s',"
                    + " mechanism: 'virtualService', minUnderFault: '10s', missingData: '15s', name: 'it\\'s \"all\" <there>',"
                    + " namespace: 'bookinfo', onInconclusive: 'SUCCESS', onViolation: 'UNSTABLE', overrideFault: true,"
                    + " recovery: '20s', stable: [app: 'reviews', version: 'v1'], steadyState: ["
                    + "failedRequests(allowedBreaches: 2, decide: 'everySample', 'for': '5s', max: 10, name: 'what users see', of: 'reviews', per: '1m'),"
                    + " errorRate(arm: 'canary', compareTo: 'stable', max: '1%', maxRatio: '1.5', min: '0%', of: 'reviews',"
                    + " window: '30s'),"
                    + " latency(arm: 'canary', burstiness: '2.5', compareTo: 'stable', max: '500ms', maxRatio: '1.5', of: 'reviews',"
                    + " quantile: '99.9'),"
                    + " throughput(arm: 'all', min: '5/s', minRequests: 20, of: 'reviews'),"
                    + " promql(max: 100, min: 0, name: 'queue depth', query: '''sum(queue_depth{app=\"reviews\"})\n"
                    + "  or vector(0)'''),"
                    + " webhook(name: 'checkout works', url: 'http://checks/checkout?a=b&c=d'),"
                    + " pods(maxRestarts: 1, minReady: '50%')], warmup: '5s', whenBusy: 'fail'";

    /** All in one Jenkins, which takes a while to start. */
    @TestFactory
    Stream<DynamicTest> scripts(JenkinsRule jenkins) {
        return Stream.of(
                dynamicTest("snippetsReadBackToTheSameStep", () -> snippetsReadBackToTheSameStep(jenkins)),
                dynamicTest("theGeneratorWritesWhatTheFormSays", () -> theGeneratorWritesWhatTheFormSays(jenkins)),
                dynamicTest("takesWhatGroovyHas", () -> takesWhatGroovyHas(jenkins)),
                dynamicTest("declarativePipelinesMayHaveIt", () -> declarativePipelinesMayHaveIt(jenkins)),
                dynamicTest("saysWhatIsWrong", () -> saysWhatIsWrong(jenkins)),
                dynamicTest("saysInListsOfStepsWhatItDoes", () -> saysInListsOfStepsWhatItDoes(jenkins)));
    }

    private static void snippetsReadBackToTheSameStep(JenkinsRule jenkins) throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);

        snippets.assertRoundTrip(Steps.full(new ChaosExperimentStep()), "chaosExperiment " + FULL);
        snippets.assertRoundTrip(
                Steps.full(new WithChaosExperimentStep()), "withChaosExperiment(" + FULL + ") {\n    // some block\n}");
        snippets.assertRoundTrip(new ChaosExperimentStep(), "chaosExperiment()");
        SnippetizerTester.assertDocGeneration(ChaosExperimentStep.class);
        SnippetizerTester.assertDocGeneration(WithChaosExperimentStep.class);
    }

    private static void theGeneratorWritesWhatTheFormSays(JenkinsRule jenkins) throws Exception {
        String fields = ChaosExperimentStep.class.getPackageName().replace(".step", ".fields.");
        JSONObject fault = new JSONObject()
                .element("stapler-class", fields + "HttpAbortField")
                .element("$class", fields + "HttpAbortField")
                .element("to", "ratings")
                .element("status", "503")
                .element("percentage", "")
                .element("headers", "x-tester=canary\n")
                .element("port", JSONObject.fromObject(Map.of("$class", "java.util.Date")));
        JSONObject form = new JSONObject()
                .element("stapler-class", ChaosExperimentStep.class.getName())
                .element("$class", ChaosExperimentStep.class.getName())
                .element("namespace", "bookinfo")
                .element("canary", "app=reviews, version=v2")
                .element("stable", "")
                .element("overrideFault", false)
                .element("onViolation", "FAILURE")
                .element("onInconclusive", "UNSTABLE")
                .element("faults", fault);

        new SnippetizerTester(jenkins)
                .assertGenerateSnippet(
                        form.toString(),
                        "chaosExperiment canary: [app: 'reviews', version: 'v2'], faults: [httpAbort(headers:"
                                + " ['x-tester': 'canary'], status: 503, to: 'ratings')], namespace: 'bookinfo'",
                        null);
        assertThat(jenkins.createWebClient().goTo("pipeline-syntax/html").asNormalizedText())
                .contains("chaosExperiment: Chaos experiment", "How many of these requests are hurt, in percent.");
    }

    private static void takesWhatGroovyHas(JenkinsRule jenkins) throws Exception {
        Experiment experiment = caught(
                jenkins,
                """
                def version = 'v' + 2
                chaosExperiment(
                    namespace: "${'book'}info", canary: [app: 'reviews', version: "$version"],
                    faults: [
                        httpAbort(to: "rat${'ings'}", status: 503, percentage: 12.5),
                        httpDelay(to: 'details', delay: '250ms', from: 'app=reviews,version=v2', headers: ["x-$version": 1])],
                    steadyState: [
                        errorRate(of: 'reviews', max: 0.01), failedRequests(of: 'reviews', max: 10L),
                        latency(of: 'reviews', quantile: 99, max: '1s')],
                    overrideFault: true, duration: "${60 * 2}s")
                """);

        assertThat(experiment.name())
                .isEqualTo("abort 12.5 % of calls to ratings with 503, delay 100 % of calls from"
                        + " app=reviews,version=v2 to details with x-v2: 1 by 250ms");
        assertThat(experiment.target().canary()).isEqualTo(Steps.labels("app", "reviews", "version", "v2"));
        assertThat(experiment.steadyState())
                .extracting(threshold -> threshold.judging().bounds().max().getAsDouble())
                .containsExactly(0.01, 10.0, 1.0);
        assertThat(experiment.watch().duration()).hasMinutes(2);
        assertThat(experiment.overrideFault()).isTrue();
    }

    private static void declarativePipelinesMayHaveIt(JenkinsRule jenkins) throws Exception {
        String right =
                """
                chaosExperiment(namespace: 'bookinfo', canary: [app: 'reviews'],
                    faults: [httpAbort(to: 'ratings', status: 500, percentage: 100)], overrideFault: true,
                    steadyState: [failedRequests(of: 'reviews', max: 10, per: '1m')],
                    duration: '1m', onViolation: 'FAILURE', onInconclusive: 'UNSTABLE')
                """;

        assertThat(validate(jenkins, right)).isEqualTo("Jenkinsfile successfully validated.");
        assertThat(validate(jenkins, "chaosExperiment(file: 'a.yaml', variables: [A: 'b'])"))
                .isEqualTo("Jenkinsfile successfully validated.");
        assertThat(validate(jenkins, "withChaosExperiment(file: 'a.yaml') { echo 'load' }"))
                .isEqualTo("Jenkinsfile successfully validated.");
        assertThat(validate(jenkins, "chaosExperiment(durration: '1m')"))
                .contains("Invalid parameter \"durration\", did you mean \"duration\"?");
        assertThat(caught(jenkins, declarative(right)).name()).isEqualTo("abort 100 % of calls to ratings with 500");
    }

    private static void saysWhatIsWrong(JenkinsRule jenkins) throws Exception {
        String mistakes =
                """
                chaosExperiment(namespace: 'Book', canary: [app: 'reviews'], duration: 5,
                    faults: [httpAbort(to: 'ratings', status: 700)],
                    steadyState: [failedRequests(of: 'reviews', per: '1m')])
                """;
        WorkflowRun run = run(jenkins, Result.FAILURE, mistakes);
        jenkins.assertLogContains("chaosExperiment has 4 problems:", run);
        jenkins.assertLogContains("chaosExperiment: namespace: found 'Book'; did you mean 'book'?", run);
        jenkins.assertLogContains("chaosExperiment: duration: found '5'; did you mean '5s'?", run);
        jenkins.assertLogContains("chaosExperiment: faults[0].httpAbort.status: found '700'; expected an HTTP", run);
        jenkins.assertLogContains("chaosExperiment: steadyState[0].failedRequests: a threshold without a limit", run);
        jenkins.assertLogNotContains("\tat io.jenkins", run);

        jenkins.assertLogContains(
                "chaosExperiment: unknown field 'durration'; did you mean 'duration'? Expected one of ",
                run(jenkins, Result.FAILURE, "chaosExperiment(durration: '1m')"));
        jenkins.assertLogContains(
                "httpAbort: unknown field 'percentge'; did you mean 'percentage'? Expected one of ",
                run(jenkins, Result.FAILURE, "chaosExperiment(faults: [httpAbort(percentge: 5)])"));
        jenkins.assertLogContains(
                "chaosExperiment: onViolation: found 'failure'; did you mean 'FAILURE'? Expected one of FAILURE,",
                run(jenkins, Result.FAILURE, "chaosExperiment(onViolation: 'failure')"));
        jenkins.assertLogContains(
                "chaosExperiment: faults: expected a list such as [httpAbort(to: 'ratings', status: 500)], found no list",
                run(jenkins, Result.FAILURE, "chaosExperiment(faults: httpAbort(to: 'ratings', status: 500))"));
        jenkins.assertLogContains(
                "chaosExperiment: steadyState: expected a list such as [errorRate(of: 'reviews', max: '1%')], found a map",
                run(jenkins, Result.FAILURE, "chaosExperiment(steadyState: [[errorRate: [of: 'a', max: '1%']]])"));
        jenkins.assertLogContains(
                "chaosExperiment: faults[0]: found nothing; expected a fault",
                run(jenkins, Result.FAILURE, "chaosExperiment(faults: [null])"));
        for (String faults : List.of("", ", faults: null", ", faults: []")) {
            jenkins.assertLogContains(
                    "expected at least one fault, or 'controlRun: true' beside it for a control run, which only watches",
                    run(
                            jenkins,
                            Result.FAILURE,
                            "chaosExperiment(namespace: 'x', canary: [app: 'a'], steadyState: [errorRate(of: 'a', max: '1%')]"
                                    + faults + ")"));
        }
        jenkins.assertLogContains(
                "chaosExperiment: steadyState[1].pods.minReady: found 'all'; expected a share from 0% to 100%",
                run(
                        jenkins,
                        Result.FAILURE,
                        "chaosExperiment(namespace: 'x', canary: [app: 'a'], controlRun: true,"
                                + " steadyState: [errorRate(of: 'a', max: '1%'), pods(minReady: 'all')])"));
        jenkins.assertLogContains(
                "chaosExperiment: file: found 'a.yaml' and namespace, faults; expected either a file, which holds the whole"
                        + " experiment, or its fields",
                run(jenkins, Result.FAILURE, "chaosExperiment(file: 'a.yaml', namespace: 'x', faults: [])"));
        jenkins.assertLogContains(
                "chaosExperiment: variables: found variables without a file; expected file: beside them",
                run(jenkins, Result.FAILURE, "chaosExperiment(namespace: 'x', variables: [A: 1])"));
        jenkins.assertLogContains(
                "chaosExperiment: variables: 'A': found a java.util.ArrayList; expected a text, a number, true or",
                run(jenkins, Result.FAILURE, "chaosExperiment(file: 'x', variables: [A: []])"));
        jenkins.assertLogContains(
                "chaosExperiment: variables: found 'A'; expected a map, such as [CANARY: 'v2']",
                run(jenkins, Result.FAILURE, "chaosExperiment(file: 'x', variables: 'A')"));
    }

    @Test
    void readsAFileWithItsVariables() throws Exception {
        ChaosExperimentStep step = new ChaosExperimentStep();
        step.setFile("chaos/x.yaml");
        step.setVariables(Map.of("MAX", 10, "WHO", "me"));
        byte[] file =
                """
                name: as ${WHO} wants
                target: {namespace: bookinfo, canary: {app: reviews}}
                controlRun: true
                steadyState: [failedRequests: {of: reviews, max: "${MAX}"}]
                """
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(step.experiment(file).name()).isEqualTo("as me wants");
        assertThatThrownBy(() -> step.experiment(new byte[0])).message().startsWith("chaos/x.yaml has ");
    }

    private static void saysInListsOfStepsWhatItDoes(JenkinsRule jenkins) throws Exception {
        ChaosExperimentStep.DescriptorImpl descriptor = jenkins.jenkins
                .getExtensionList(ChaosExperimentStep.DescriptorImpl.class)
                .get(0);
        Map<String, Object> target = Map.of("namespace", "bookinfo", "canary", Map.of("app", "reviews"));
        Map<String, Object> arguments = new HashMap<>(target);
        arguments.put(
                "steadyState",
                List.of(new UninstantiatedDescribable("errorRate", null, Map.of("of", "reviews", "max", "1%"))));

        assertThat(descriptor.argumentsToString(arguments))
                .as("nothing to hurt")
                .isNull();
        arguments.put("controlRun", true);
        assertThat(descriptor.argumentsToString(arguments)).isEqualTo("control run");
        arguments.remove("controlRun");
        arguments.put(
                "faults",
                List.of(new UninstantiatedDescribable("httpAbort", null, Map.of("to", "ratings", "status", 500))));
        assertThat(descriptor.argumentsToString(arguments)).isEqualTo("abort 100 % of calls to ratings with 500");
        arguments.put("name", "ratings are down");
        assertThat(descriptor.argumentsToString(arguments)).isEqualTo("ratings are down");
        arguments.put("duration", "5");
        assertThat(descriptor.argumentsToString(arguments)).isNull();
        assertThat(descriptor.argumentsToString(Map.of("file", "a.yaml", "variables", Map.of("A", 1))))
                .isEqualTo("a.yaml");
    }

    /** The experiment of the step that a script comes to; the step does not begin. */
    private static Experiment caught(JenkinsRule jenkins, String script) throws Exception {
        Catcher catcher = jenkins.jenkins.getExtensionList(Catcher.class).get(0);
        catcher.isOn = true;
        run(jenkins, Result.SUCCESS, script);
        catcher.isOn = false;
        return catcher.step.experiment();
    }

    private static WorkflowRun run(JenkinsRule jenkins, Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private static String declarative(String step) {
        return "pipeline { agent none\n stages { stage('gate') { steps {\n" + step + "\n} } } }";
    }

    /** What Jenkins' own validation of declarative pipelines says. */
    private static String validate(JenkinsRule jenkins, String step) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), "pipeline-model-converter/validate"), HttpMethod.POST);
            CrumbIssuer crumbs = jenkins.jenkins.getCrumbIssuer();
            request.setRequestParameters(List.of(
                    new NameValuePair("jenkinsfile", declarative(step)),
                    new NameValuePair(crumbs.getDescriptor().getCrumbRequestField(), crumbs.getCrumb())));
            return client.getPage(request).getWebResponse().getContentAsString().strip();
        }
    }

    /** Takes a step, when told to, before it begins. */
    @TestExtension
    public static final class Catcher implements StepListener {

        private volatile boolean isOn;
        private volatile ChaosExperimentStep step;

        @Override
        public void notifyOfNewStep(Step step, StepContext context) {
            if (isOn && step instanceof ChaosExperimentStep ours) {
                this.step = ours;
                context.onSuccess(null);
            }
        }
    }
}
