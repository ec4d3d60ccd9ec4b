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

/** How many requests a service failed within a time: {@code failedRequests(...)}. */
public final class FailedRequestsField extends ServiceThresholdField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "failedRequests";

    @DataBoundConstructor
    public FailedRequestsField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** The length of the time in which failed requests are counted. */
    public Object getPer() {
        return written().get("per");
    }

    @DataBoundSetter
    public void setPer(Object per) {
        written().set("per", per);
    }

    /** Offers it in lists of thresholds. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ServiceThresholdDescriptor {

        public DescriptorImpl() {
            super(KIND);
        }

        @Override
        public String getDisplayName() {
            return "Failed requests";
        }

        @POST
        public FormValidation doCheckPer(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "per", value);
        }
    }
}
