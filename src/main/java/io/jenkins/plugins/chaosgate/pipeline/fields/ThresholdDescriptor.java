package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins must know about a kind of threshold. */
public abstract class ThresholdDescriptor extends FieldDescriptor<ConditionField> {

    ThresholdDescriptor(String kind) {
        super(kind);
    }

    @POST
    public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "name", value);
    }

    @POST
    public FormValidation doCheckAllowedBreaches(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "allowedBreaches", value);
    }

    @POST
    public FormValidation doCheckFor(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "for", value);
    }

    @POST
    public ListBoxModel doFillDecideItems() {
        return Forms.choice(Stream.of(Decide.values()).map(Decide::word).toList());
    }
}
