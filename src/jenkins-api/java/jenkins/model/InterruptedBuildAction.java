package jenkins.model;

import hudson.model.Action;
import java.util.List;

/** What a build remembers of why it was stopped. */
public abstract class InterruptedBuildAction implements Action {

    private InterruptedBuildAction() {}

    public List<CauseOfInterruption> getCauses() {
        return null;
    }
}
