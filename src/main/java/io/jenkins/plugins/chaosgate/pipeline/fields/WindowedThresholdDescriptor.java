package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins must know about a threshold that looks back over a window of time. */
public abstract class WindowedThresholdDescriptor extends ServiceThresholdDescriptor {

    WindowedThresholdDescriptor(String kind) {
        super(kind);
    }

    @POST
    public FormValidation doCheckWindow(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "window", value);
    }
}
