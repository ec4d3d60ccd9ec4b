package jenkins.model;

import hudson.model.Action;
import hudson.model.Actionable;

/** An action that the new pages of Jenkins show as a tab. */
public abstract class Tab implements Action {

    protected transient Actionable object;

    public Tab(Actionable object) {}

    public Actionable getObject() {
        return null;
    }
}
