package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What must hold of the canary's pods themselves: {@code pods(...)}, with the fields of its inner maps side by side. */
public final class PodsField extends ConditionField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "pods";

    @DataBoundConstructor
    public PodsField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** How often containers of the canary's pods may be restarted. */
    public Object getMaxRestarts() {
        return written().get("maxRestarts");
    }

    @DataBoundSetter
    public void setMaxRestarts(Object maxRestarts) {
        written().set("maxRestarts", maxRestarts);
    }

    /** How many of the canary's pods must be ready. */
    public Object getMinReady() {
        return written().get("minReady");
    }

    @DataBoundSetter
    public void setMinReady(Object minReady) {
        written().set("minReady", minReady);
    }

    /** Offers it in lists of thresholds. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends FieldDescriptor<ConditionField> {

        public DescriptorImpl() {
            super(KIND);
        }

        @Override
        public String getDisplayName() {
            return "Pods of the canary";
        }

        @POST
        public FormValidation doCheckMaxRestarts(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "maxRestarts", value);
        }

        @POST
        public FormValidation doCheckMinReady(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "minReady", value);
        }
    }
}
