package hudson.model;

import hudson.security.Permission;
import org.springframework.security.core.Authentication;

/** Something that can be built. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> implements Item {

    @Override
    public boolean hasPermission(Permission permission) {
        return false;
    }

    @Override
    public boolean hasPermission2(Authentication authentication, Permission permission) {
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ItemGroup getParent() {
        return null;
    }

    @Override
    public final String getFullName() {
        return null;
    }

    public RunT getLastBuild() {
        return null;
    }
}
