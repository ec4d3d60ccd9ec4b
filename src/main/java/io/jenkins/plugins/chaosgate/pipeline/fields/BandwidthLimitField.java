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

/** Responses trickle through the proxy: {@code bandwidthLimit(...)}. */
public final class BandwidthLimitField extends FaultField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "bandwidthLimit";

    @DataBoundConstructor
    public BandwidthLimitField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** The limit for each response. */
    public Object getLimit() {
        return written().get("limit");
    }

    @DataBoundSetter
    public void setLimit(Object limit) {
        written().set("limit", limit);
    }

    /** Offers it in lists of faults. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends FaultDescriptor {

        public DescriptorImpl() {
            super(KIND);
        }

        @Override
        public String getDisplayName() {
            return "Bandwidth limit";
        }

        @POST
        public FormValidation doCheckLimit(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "limit", value);
        }
    }
}
