package hudson.model;

import hudson.ExtensionPoint;

/** What is done again and again. */
public abstract class PeriodicWork implements ExtensionPoint {

    public abstract long getRecurrencePeriod();

    public long getInitialDelay() {
        return 0;
    }
}
