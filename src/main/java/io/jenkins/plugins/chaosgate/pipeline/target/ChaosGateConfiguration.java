package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** What an administrator set up for all of this Jenkins: the targets of experiments. */
@Extension
@Symbol("chaosGate")
public final class ChaosGateConfiguration extends GlobalConfiguration {

    static {
        ChaosGatePermissions.register();
    }

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

    /**
     * Replaces all of them, and saves.
     *
     * @throws IllegalArgumentException where a name cannot be one, or two are the same
     */
    @DataBoundSetter
    public void setTargets(List<ClusterTarget> targets) {
        List<ClusterTarget> given = targets == null ? List.of() : targets;
        Set<String> names = new HashSet<>();
        for (ClusterTarget target : given) {
            TargetChecks.name(target.getName()).ifPresent(wrong -> {
                throw new IllegalArgumentException(wrong);
            });
            if (!names.add(target.getName())) {
                throw new IllegalArgumentException(
                        "two targets are named " + Quote.of(target.getName()) + "; give one of them another name");
            }
        }
        synchronized (this) {
            this.targets = new ArrayList<>(given);
        }
        save();
    }

    /** Takes what the form holds; a form without any target holds no list. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            setTargets(request.bindJSONToList(ClusterTarget.class, form.get("targets")));
            return true;
        } catch (IllegalArgumentException wrong) {
            throw new FormException(wrong.getMessage(), wrong, "targets");
        }
    }

    /** The target of exactly that name. */
    Optional<ClusterTarget> target(String name) {
        return getTargets().stream()
                .filter(target -> target.getName().equals(name))
                .findFirst();
    }
}
