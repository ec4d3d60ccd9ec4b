package com.cloudbees.hudson.plugins.folder;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.util.DescribableList;

/** A folder. */
public abstract class AbstractFolder<I extends TopLevelItem> implements Item, ItemGroup<I> {

    public DescribableList<AbstractFolderProperty<?>, AbstractFolderPropertyDescriptor> getProperties() {
        return null;
    }

    @Override
    public final String getFullName() {
        return null;
    }
}
