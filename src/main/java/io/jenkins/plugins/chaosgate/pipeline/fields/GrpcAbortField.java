package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** gRPC calls are answered by the proxy with a gRPC status: {@code grpcAbort(...)}. */
public final class GrpcAbortField extends FaultField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "grpcAbort";

    @DataBoundConstructor
    public GrpcAbortField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** The gRPC status of the answer, by name or number. */
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
            return "gRPC abort";
        }

        @POST
        public ComboBoxModel doFillStatusItems() {
            return new ComboBoxModel(GrpcAbort.STATUS_NAMES);
        }

        @POST
        public FormValidation doCheckStatus(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "status", value);
        }
    }
}
