package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.Presence;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.List;

/** Makes one sort of change and undoes it. The methods block while the cluster is asked; see {@code FaultInjector}. */
interface ChangeMaker {

    void dryRun(Change change);

    void inject(Change change);

    Presence look(Change change);

    /** Gives whether there was anything to take out. */
    boolean rollback(Change change);

    List<String> undoCommands(Change change);

    /** The type of the object that is changed. */
    static ResourceType typeOf(Change change) {
        String apiVersion = change.object().apiVersion();
        if (GuardJobs.isGuard(change) && apiVersion.equals(ResourceType.JOB.apiVersion())) {
            return ResourceType.JOB;
        }
        if (LeaseLock.isLock(change) && apiVersion.equals(ResourceType.LEASE.apiVersion())) {
            return ResourceType.LEASE;
        }
        if (!apiVersion.startsWith(IstioTypes.GROUP + "/")) {
            throw new IllegalArgumentException(
                    change.object() + " is of " + apiVersion + ", not of " + IstioTypes.GROUP);
        }
        return IstioTypes.type(change.object().kind(), apiVersion.substring(IstioTypes.GROUP.length() + 1));
    }
}
