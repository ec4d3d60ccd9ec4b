package com.cloudbees.hudson.plugins.folder;

import hudson.model.Describable;

/** Something that a folder adds to what is in it. */
public abstract class AbstractFolderProperty<C extends AbstractFolder<?>>
        implements Describable<AbstractFolderProperty<?>> {

    @Override
    public AbstractFolderPropertyDescriptor getDescriptor() {
        return null;
    }
}
