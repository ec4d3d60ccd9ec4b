package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** What an administrator set up for all of this Jenkins: the targets of experiments. */
@Extension
@Symbol("chaosGate")
public final class ChaosGateConfiguration extends GlobalConfiguration {

    private List<ClusterTarget> targets = new ArrayList<>();

    /** Reads what was saved. */
    public ChaosGateConfiguration() {
        load();
    }

    /** The configuration of this Jenkins. */
    public static ChaosGateConfiguration get() {
        return ExtensionList.lookupSingleton(ChaosGateConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Chaos Gate";
    }

    /** In the order in which they were written down. */
    public synchronized List<ClusterTarget> getTargets() {
        return List.copyOf(targets);
    }

    /** Replaces all of them, and saves. */
    @DataBoundSetter
    public void setTargets(List<ClusterTarget> targets) {
        synchronized (this) {
            this.targets = new ArrayList<>(targets == null ? List.of() : targets);
        }
        save();
    }

    /** The target of exactly that name. */
    Optional<ClusterTarget> target(String name) {
        return getTargets().stream()
                .filter(target -> target.getName().equals(name))
                .findFirst();
    }
}
