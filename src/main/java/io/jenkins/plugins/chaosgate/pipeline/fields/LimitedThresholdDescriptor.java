package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins must know about a threshold that has limits to set. */
public abstract class LimitedThresholdDescriptor extends ThresholdDescriptor {

    LimitedThresholdDescriptor(String kind) {
        super(kind);
    }

    @POST
    public FormValidation doCheckMax(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "max", value);
    }

    @POST
    public FormValidation doCheckMin(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "min", value);
    }
}
