package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins must know about a kind of fault. */
public abstract class FaultDescriptor extends FieldDescriptor<FaultField> {

    FaultDescriptor(String kind) {
        super(kind);
    }

    @POST
    public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "to", value);
    }

    @POST
    public FormValidation doCheckPercentage(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "percentage", value);
    }

    @POST
    public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "from", value, Pairs.SELECTOR);
    }

    @POST
    public FormValidation doCheckPort(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "port", value);
    }

    @POST
    public FormValidation doCheckHeaders(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "headers", value, Pairs.LINES);
    }

    @POST
    public FormValidation doCheckMaxActive(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "maxActive", value);
    }
}
