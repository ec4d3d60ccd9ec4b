package hudson.model;

import hudson.ExtensionPoint;

/** Tells administrators of something that needs them. */
public abstract class AdministrativeMonitor implements ModelObject, ExtensionPoint {

    protected AdministrativeMonitor() {}

    @Override
    public String getDisplayName() {
        return null;
    }

    public abstract boolean isActivated();
}
