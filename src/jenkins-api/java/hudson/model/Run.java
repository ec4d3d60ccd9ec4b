package hudson.model;

import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** One build. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable {

    public File getRootDir() {
        return null;
    }

    public List<Cause> getCauses() {
        return null;
    }

    public JobT getParent() {
        return null;
    }

    public String getUrl() {
        return null;
    }

    public RunT getPreviousBuild() {
        return null;
    }

    public boolean isBuilding() {
        return false;
    }

    public void setResult(Result result) {}

    public boolean hasPermission(Permission permission) {
        return false;
    }

    public void checkPermission(Permission permission) {}

    public synchronized void save() throws IOException {}
}
