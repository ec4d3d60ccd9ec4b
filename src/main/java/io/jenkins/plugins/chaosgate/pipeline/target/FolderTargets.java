package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.model.ItemGroup;
import java.util.Optional;
import java.util.Set;

/** What the property of a folder says; only where folders are installed. */
@Extension(optional = true)
public final class FolderTargets implements FolderLeave {

    @Override
    public Optional<Set<String>> targetsFor(ItemGroup<?> folder) {
        return folder instanceof AbstractFolder<?> properFolder
                ? Optional.ofNullable(properFolder.getProperties().get(TargetsProperty.class))
                        .map(property -> Set.copyOf(property.getTargets()))
                : Optional.empty();
    }
}
