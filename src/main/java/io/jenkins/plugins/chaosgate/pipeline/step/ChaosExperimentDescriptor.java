package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.chaosgate.experiment.language.FieldCheck;
import io.jenkins.plugins.chaosgate.pipeline.fields.Forms;
import io.jenkins.plugins.chaosgate.pipeline.fields.Pairs;
import io.jenkins.plugins.chaosgate.pipeline.fields.UnknownParameters;
import io.jenkins.plugins.chaosgate.pipeline.target.Targets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins must know about the step, with a block and without. */
public abstract class ChaosExperimentDescriptor extends ExperimentDescriptor implements CustomDescribableModel {

    private final String word;
    private final boolean hasBlock;

    ChaosExperimentDescriptor(String word, boolean hasBlock) {
        this.word = word;
        this.hasBlock = hasBlock;
    }

    @Override
    public final String getFunctionName() {
        return word;
    }

    @Override
    public final boolean takesImplicitBlockArgument() {
        return hasBlock;
    }

    /** No workspace: only a file needs one, and an experiment that is written out needs no node. */
    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FlowNode.class, TaskListener.class);
    }

    @Override
    public final String argumentsToString(Map<String, Object> arguments) {
        return ArgumentsText.of(clazz.asSubclass(ChaosExperimentStep.class), arguments);
    }

    @Override
    public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        UnknownParameters.refuse(word, clazz, arguments);
        refuseUnknownOutcome("onViolation", arguments);
        refuseUnknownOutcome("onInconclusive", arguments);
        refuseOtherThanLists("faults", "httpAbort(to: 'ratings', status: 500)", arguments);
        refuseOtherThanLists("steadyState", "errorRate(of: 'reviews', max: '1%')", arguments);
        return arguments;
    }

    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        Forms.keepWhatWasWritten(form, Set.of("faults", "steadyState"));
        return super.newInstance(request, form);
    }

    private void refuseUnknownOutcome(String parameter, Map<String, Object> arguments) {
        if (arguments.get(parameter) instanceof CharSequence text) {
            List<String> words = Stream.of(Outcome.values()).map(Outcome::name).toList();
            FieldCheck.word(text.toString(), words).ifPresent(problem -> {
                throw new IllegalArgumentException(word + ": " + parameter + ": " + problem);
            });
        }
    }

    /** What Pipeline says of its own would not help an author who forgot the brackets, or wrote as in YAML. */
    private void refuseOtherThanLists(String parameter, String example, Map<String, Object> arguments) {
        Object value = arguments.get(parameter);
        boolean isRight = value == null
                || value instanceof List<?> list
                        && list.stream()
                                .noneMatch(item ->
                                        item instanceof Map<?, ?> map && !map.containsKey(DescribableModel.CLAZZ));
        if (!isRight) {
            throw new IllegalArgumentException(word + ": " + parameter + ": expected a list such as [" + example
                    + "], found " + (value instanceof List ? "a map in it" : "no list"));
        }
    }

    @POST
    public ListBoxModel doFillOnViolationItems() {
        return outcomes();
    }

    @POST
    public ListBoxModel doFillOnInconclusiveItems() {
        return outcomes();
    }

    /** The targets that the job may use; one that is only added later can be written as well. */
    @POST
    public ComboBoxModel doFillClusterItems(@AncestorInPath Item item) {
        return Forms.mayUse(item) ? new ComboBoxModel(Targets.visibleTo(item)) : new ComboBoxModel();
    }

    @POST
    public FormValidation doCheckCluster(@AncestorInPath Item item, @QueryParameter String value) {
        if (value == null || value.isBlank() || !Forms.mayUse(item)) {
            return FormValidation.ok();
        }
        List<String> names = Targets.visibleTo(item);
        return names.isEmpty()
                ? FormValidation.warning("there is no target for this job yet; an administrator can add one")
                : FieldCheck.word(value, names).map(FormValidation::warning).orElseGet(FormValidation::ok);
    }

    @POST
    public FormValidation doCheckFile(@AncestorInPath Item item, @QueryParameter String value) {
        return Forms.mayUse(item) && ExperimentPath.leavesTheWorkspace(value)
                ? FormValidation.error(ExperimentPath.EXPECTED)
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckVariables(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        if (value == null || value.isBlank() || !Forms.mayUse(item)) {
            return FormValidation.ok();
        }
        if (file == null || file.isBlank()) {
            return FormValidation.error("variables are for a file: name one, or leave this empty");
        }
        return Pairs.LINES.read(value) instanceof Map
                ? FormValidation.ok()
                : FormValidation.error("expected NAME=VALUE, one on each line, each name once");
    }

    private static ListBoxModel outcomes() {
        ListBoxModel outcomes = new ListBoxModel();
        Stream.of(Outcome.values()).map(Outcome::name).forEach(outcomes::add);
        return outcomes;
    }
}
