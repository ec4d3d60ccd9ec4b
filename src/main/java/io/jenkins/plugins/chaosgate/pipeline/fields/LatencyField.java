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

/** How long a service takes to answer, at a percentile: {@code latency(...)}. */
public final class LatencyField extends WindowedThresholdField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "latency";

    @DataBoundConstructor
    public LatencyField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** The percentile: 99 is p99. */
    public Object getQuantile() {
        return written().get("quantile");
    }

    @DataBoundSetter
    public void setQuantile(Object quantile) {
        written().set("quantile", quantile);
    }

    /** Offers it in lists of thresholds. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends WindowedThresholdDescriptor {

        public DescriptorImpl() {
            super(KIND);
        }

        @Override
        public String getDisplayName() {
            return "Latency";
        }

        @POST
        public FormValidation doCheckQuantile(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "quantile", value);
        }
    }
}
