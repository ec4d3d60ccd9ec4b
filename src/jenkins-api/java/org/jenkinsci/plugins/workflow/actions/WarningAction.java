package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Result;

/** Marks a step after which the pipeline went on, though not all was well. */
public class WarningAction implements PersistentAction {

    public WarningAction(Result result) {}

    public WarningAction withMessage(String message) {
        return this;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
