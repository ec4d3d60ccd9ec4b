package jenkins.model;

import hudson.security.Permission;
import org.springframework.security.core.Authentication;

/** Jenkins itself. */
public class Jenkins {

    public static final Permission ADMINISTER = null;

    public static final Authentication ANONYMOUS2 = null;

    private Jenkins() {}
}
