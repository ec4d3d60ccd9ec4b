package hudson.security;

/** Something that people may, or may not, do. */
public final class Permission {

    private Permission() {}
}
