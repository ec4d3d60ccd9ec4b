package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.chaosgate.experiment.Arm;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins must know about a threshold on a service. */
public abstract class ServiceThresholdDescriptor extends LimitedThresholdDescriptor {

    ServiceThresholdDescriptor(String kind) {
        super(kind);
    }

    @POST
    public FormValidation doCheckOf(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "of", value);
    }

    @POST
    public FormValidation doCheckArm(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "arm", value);
    }

    @POST
    public FormValidation doCheckCompareTo(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "compareTo", value);
    }

    @POST
    public FormValidation doCheckMaxRatio(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "maxRatio", value);
    }

    @POST
    public ListBoxModel doFillArmItems() {
        return Forms.choice(Stream.of(Arm.values()).map(Arm::word).toList());
    }

    @POST
    public ListBoxModel doFillCompareToItems() {
        return Forms.choice(List.of(Arm.STABLE.word()));
    }

    @POST
    public FormValidation doCheckBurstiness(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "burstiness", value);
    }

    @POST
    public FormValidation doCheckMinRequests(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "minRequests", value);
    }
}
