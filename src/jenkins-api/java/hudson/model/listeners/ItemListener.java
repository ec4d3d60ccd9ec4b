package hudson.model.listeners;

import hudson.ExtensionPoint;

/** Hears of jobs, and of Jenkins as a whole. */
public class ItemListener implements ExtensionPoint {

    public void onBeforeShutdown() {}
}
