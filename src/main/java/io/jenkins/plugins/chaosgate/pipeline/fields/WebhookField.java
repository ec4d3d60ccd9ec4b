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

/** A check of one's own, asked by HTTP: {@code webhook(...)}. */
public final class WebhookField extends ThresholdField {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "webhook";

    @DataBoundConstructor
    public WebhookField() {}

    @Override
    String kind() {
        return KIND;
    }

    /** An http or https address. */
    public Object getUrl() {
        return written().get("url");
    }

    @DataBoundSetter
    public void setUrl(Object url) {
        written().set("url", url);
    }

    /** Offers it in lists of thresholds. */
    @Extension
    @Symbol(KIND)
    public static final class DescriptorImpl extends ThresholdDescriptor {

        public DescriptorImpl() {
            super(KIND);
        }

        @Override
        public String getDisplayName() {
            return "Webhook";
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "url", value);
        }
    }
}
