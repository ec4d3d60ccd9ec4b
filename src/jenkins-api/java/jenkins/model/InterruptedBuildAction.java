package jenkins.model;

import hudson.model.Action;
import java.util.List;

/** What a build remembers of why it was stopped. */
public class InterruptedBuildAction implements Action {

    private InterruptedBuildAction() {}

    @Override
    public final String getIconFileName() {
        return null;
    }

    @Override
    public final String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }

    public List<CauseOfInterruption> getCauses() {
        return null;
    }
}
