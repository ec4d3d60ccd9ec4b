package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** Something that can be configured and stands in a folder: a job, a folder. */
public interface Item extends AccessControlled {

    Permission READ = null;

    Permission CANCEL = null;

    Permission CONFIGURE = null;

    Permission EXTENDED_READ = null;

    ItemGroup<? extends Item> getParent();

    String getFullName();
}
