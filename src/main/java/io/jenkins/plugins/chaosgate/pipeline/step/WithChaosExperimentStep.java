package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The same step around a block, which drives load while the gate is open. It has a name of its own since Pipeline wants
 * each step to have a block always or never.
 */
public final class WithChaosExperimentStep extends ChaosExperimentStep {

    private static final long serialVersionUID = 1L;
    private static final String WORD = "withChaosExperiment";

    @DataBoundConstructor
    public WithChaosExperimentStep() {}

    @Override
    String word() {
        return WORD;
    }

    /** The step with a block. */
    @Extension
    public static final class DescriptorImpl extends ChaosExperimentDescriptor {

        public DescriptorImpl() {
            super(WORD, true);
        }

        @Override
        public String getDisplayName() {
            return "Chaos experiment around a block that drives load";
        }
    }
}
