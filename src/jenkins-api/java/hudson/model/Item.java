package hudson.model;

import hudson.security.Permission;

/** Something that can be configured and stands in a folder: a job, a folder. */
public interface Item {

    Permission READ = null;

    Permission CANCEL = null;
}
