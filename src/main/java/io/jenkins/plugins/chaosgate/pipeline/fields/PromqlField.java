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

/** The value of a Prometheus query of one's own: {@code promql(...)}. */
public final class PromqlField extends LimitedThresholdField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "promql";

    @DataBoundConstructor
    public PromqlField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** An instant query that gives exactly one number. */
    public Object getQuery() {
        return written().get("query");
    }

    @DataBoundSetter
    public void setQuery(Object query) {
        written().set("query", query);
    }

    /** Offers it in lists of thresholds. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends LimitedThresholdDescriptor {

        public DescriptorImpl() {
            super(KIND);
        }

        @Override
        public String getDisplayName() {
            return "PromQL query";
        }

        @POST
        public FormValidation doCheckQuery(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "query", value);
        }
    }
}
