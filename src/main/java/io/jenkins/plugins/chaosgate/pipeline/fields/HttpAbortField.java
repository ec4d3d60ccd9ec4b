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

/** Requests are answered by the proxy with an HTTP status: {@code httpAbort(...)}. */
public final class HttpAbortField extends FaultField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "httpAbort";

    @DataBoundConstructor
    public HttpAbortField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** The HTTP status of the answer. */
    public Object getStatus() {
        return written().get("status");
    }

    @DataBoundSetter
    public void setStatus(Object status) {
        written().set("status", status);
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
            return "HTTP abort";
        }

        @POST
        public FormValidation doCheckStatus(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "status", value);
        }
    }
}
