package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.WhenBusy;
import io.jenkins.plugins.chaosgate.pipeline.fields.Forms;
import io.jenkins.plugins.chaosgate.pipeline.fields.Pairs;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How a form shows the fields of the experiment language, and what it says about them. */
public abstract class ExperimentDescriptor extends StepDescriptor {

    /** How a form shows labels; null for none. */
    public final Object labels(Object written) {
        return Pairs.SELECTOR.write(written);
    }

    /** How a form shows names with values, one on each line; null for none. */
    public final Object lines(Object written) {
        return Pairs.LINES.write(written);
    }

    @POST
    public ListBoxModel doFillMechanismItems() {
        return Forms.choice(Stream.of(Mechanism.values()).map(Mechanism::word).toList());
    }

    @POST
    public ListBoxModel doFillGuardItems() {
        return Forms.choice(Stream.of(Guard.Kind.values()).map(Guard.Kind::word).toList());
    }

    @POST
    public ListBoxModel doFillWhenBusyItems() {
        return Forms.choice(
                Stream.of(WhenBusy.Kind.values()).map(WhenBusy.Kind::word).toList());
    }

    @POST
    public ListBoxModel doFillCanaryRollbackItems() {
        return Forms.choice(Stream.of(CanaryRollback.Kind.values())
                .map(CanaryRollback.Kind::word)
                .toList());
    }

    @POST
    public ListBoxModel doFillCanaryRollbackOnItems() {
        return Forms.choice(Stream.of(CanaryRollback.On.values())
                .map(CanaryRollback.On::word)
                .toList());
    }

    @POST
    public FormValidation doCheckName(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "name", value, file);
    }

    @POST
    public FormValidation doCheckNamespace(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "namespace", value, file);
    }

    @POST
    public FormValidation doCheckCanary(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "canary", value, file, Pairs.SELECTOR);
    }

    @POST
    public FormValidation doCheckStable(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "stable", value, file, Pairs.SELECTOR);
    }

    @POST
    public FormValidation doCheckLease(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "lease", value, file);
    }

    @POST
    public FormValidation doCheckBusyLimit(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "busyLimit", value, file);
    }

    @POST
    public FormValidation doCheckWarmup(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "warmup", value, file);
    }

    @POST
    public FormValidation doCheckDuration(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "duration", value, file);
    }

    @POST
    public FormValidation doCheckInterval(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "interval", value, file);
    }

    @POST
    public FormValidation doCheckRecovery(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "recovery", value, file);
    }

    @POST
    public FormValidation doCheckMissingData(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "missingData", value, file);
    }

    @POST
    public FormValidation doCheckMinUnderFault(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "minUnderFault", value, file);
    }

    @POST
    public FormValidation doCheckAlpha(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "alpha", value, file);
    }

    @POST
    public FormValidation doCheckBeta(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String file) {
        return check(item, "beta", value, file);
    }

    private static FormValidation check(Item item, String field, String value, String file, Pairs... form) {
        boolean isFilled = value != null && !value.isBlank();
        if (file != null && !file.isBlank()) {
            return isFilled && Forms.mayUse(item)
                    ? FormValidation.error("the file holds the whole experiment: leave this empty, or the file")
                    : FormValidation.ok();
        }
        // The step makes up a name where none is given; a file must have one.
        return isFilled || !field.equals("name") ? Forms.check(item, "", field, value, form) : FormValidation.ok();
    }
}
