package hudson.security;

import org.jvnet.localizer.Localizable;

/** Something that people may, or may not, do. */
public final class Permission {

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {}
}
