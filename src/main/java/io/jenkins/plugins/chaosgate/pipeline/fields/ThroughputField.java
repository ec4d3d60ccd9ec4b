package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** How many requests a service answers in a time: {@code throughput(...)}. */
public final class ThroughputField extends WindowedThresholdField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "throughput";

    @DataBoundConstructor
    public ThroughputField() {}

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
            return "Throughput";
        }
    }
}
