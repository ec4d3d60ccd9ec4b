package hudson.model;

import hudson.security.Permission;

/** Something that can be built. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> implements Item {

    public boolean hasPermission(Permission permission) {
        return false;
    }
}
