package jenkins.model;

import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import org.springframework.security.core.Authentication;

/** Jenkins itself. */
public class Jenkins implements AccessControlled, ItemGroup<TopLevelItem> {

    public static final Permission ADMINISTER = null;

    public static final Authentication ANONYMOUS2 = null;

    private Jenkins() {}

    public static Jenkins get() {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    public String getRootUrl() {
        return null;
    }

    @Override
    public String getFullName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }
}
