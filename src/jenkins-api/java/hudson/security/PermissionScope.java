package hudson.security;

/** What a permission is about. */
public final class PermissionScope {

    public static final PermissionScope ITEM = null;

    private PermissionScope() {}
}
