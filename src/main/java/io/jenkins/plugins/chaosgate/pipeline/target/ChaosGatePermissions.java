package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The permissions of this plugin. */
public final class ChaosGatePermissions {

    private static final PermissionGroup GROUP =
            new PermissionGroup("ChaosGate", ChaosGatePermissions.class, text("group"));

    /** To inject faults: to run a job that has a chaos experiment. */
    public static final Permission INJECT =
            new Permission(GROUP, "Inject", text("inject"), Jenkins.ADMINISTER, PermissionScope.ITEM);

    private ChaosGatePermissions() {}

    /** Makes the permissions known to strategies that are read from disk; Jenkins loads extensions before those. */
    static void register() {
        // Loading this class has done it.
    }

    private static Localizable text(String key) {
        return new Localizable(ResourceBundleHolder.get(ChaosGatePermissions.class), key);
    }
}
