package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.Optional;
import java.util.Set;

/** What folders say of the targets that their jobs may use; a point of extension, since folders are a plugin of their own. */
public interface FolderLeave extends ExtensionPoint {

    /** The names of the only targets for the jobs in that folder; empty where the folder itself says nothing. */
    Optional<Set<String>> targetsFor(ItemGroup<?> folder);
}
