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

/** Requests are held back by the proxy before they go on: {@code httpDelay(...)}. */
public final class HttpDelayField extends FaultField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "httpDelay";

    @DataBoundConstructor
    public HttpDelayField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** How long each request is held back. */
    public Object getDelay() {
        return written().get("delay");
    }

    @DataBoundSetter
    public void setDelay(Object delay) {
        written().set("delay", delay);
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
            return "HTTP delay";
        }

        @POST
        public FormValidation doCheckDelay(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "delay", value);
        }
    }
}
