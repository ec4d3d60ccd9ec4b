package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Which share of its requests a service failed: {@code errorRate(...)}. */
public final class ErrorRateField extends WindowedThresholdField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "errorRate";

    @DataBoundConstructor
    public ErrorRateField() {}

    @Override
    String kind() {
        return KIND;
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
            return "Error rate";
        }
    }
}
