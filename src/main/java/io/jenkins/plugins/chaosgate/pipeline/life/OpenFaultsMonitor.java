package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.verb.POST;

/** Tells administrators of faults that could not be taken out, and lets them try again. */
@Extension
public final class OpenFaultsMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return "Chaos Gate: faults that may still be in a cluster";
    }

    @Override
    public boolean isActivated() {
        return !OpenFaults.get().standing().isEmpty();
    }

    /** For the page. */
    public List<OpenFault> getFaults() {
        return OpenFaults.get().standing();
    }

    /** Tries again to take everything out, now. */
    @POST
    public HttpResponse doRetry() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        OpenFaults.get().takeOut(false);
        return HttpResponses.redirectViaContextPath("/manage");
    }
}
