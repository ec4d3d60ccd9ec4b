package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.FieldCheck;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.util.List;
import java.util.Optional;

/** The targets of this Jenkins, and who may use which for what. */
public final class Targets {

    private Targets() {}

    /** The target of that name, whoever asks: for cleaning up after a gate that was allowed. */
    public static Optional<ClusterTarget> find(String name) {
        return ChaosGateConfiguration.get().target(name);
    }

    /** The names of the targets that a job, or the jobs of a folder, may use. A folder can only take away. */
    public static List<String> visibleTo(Item item) {
        return ChaosGateConfiguration.get().getTargets().stream()
                .map(ClusterTarget::getName)
                .filter(name -> leave(item, name))
                .toList();
    }

    /** What is wrong with the name of a target; empty if there is one of that name. */
    static Optional<String> unknown(String name) {
        return FieldCheck.name(
                "target",
                name,
                ChaosGateConfiguration.get().getTargets().stream()
                        .map(ClusterTarget::getName)
                        .toList());
    }

    /**
     * The target that a build may use for this experiment. Does no network I/O of its own, but asks Jenkins' security realm
     * about people, which may do some: not for the thread that runs pipelines.
     *
     * @param nameOrEmpty the target's name; empty or null means the only one there is for the job
     * @throws TargetRefusedException where the build may not; the message says what is missing and who can help
     */
    public static ClusterTarget allowed(Run<?, ?> run, String nameOrEmpty, Experiment experiment)
            throws TargetRefusedException {
        Starters.of(run).requirePermission();
        ClusterTarget target = chosen(run.getParent(), nameOrEmpty == null ? "" : nameOrEmpty.strip());
        List<String> refusals = target.limits().refusals(experiment);
        if (!refusals.isEmpty()) {
            throw new TargetRefusedException("the target " + Quote.of(target.getName())
                    + " does not allow this experiment: " + String.join("; ", refusals)
                    + ". An administrator can change that under Manage Jenkins, System, Chaos Gate");
        }
        return target;
    }

    private static ClusterTarget chosen(Item job, String name) throws TargetRefusedException {
        List<String> visible = visibleTo(job);
        String wanted = name.isEmpty() && visible.size() == 1 ? visible.get(0) : name;
        Optional<ClusterTarget> found = find(wanted);
        if (found.isPresent() && visible.contains(wanted)) {
            return found.get();
        }
        if (found.isPresent()) {
            throw new TargetRefusedException(
                    "the target " + Quote.of(wanted) + " is not for jobs of this folder, which may use "
                            + listed(visible) + ". Name another with cluster, or ask whoever configures the folder");
        }
        if (visible.isEmpty()) {
            throw new TargetRefusedException(
                    "there is no target for this job" + (wanted.isEmpty() ? "" : ", so none named " + Quote.of(wanted))
                            + ". An administrator can add one under Manage Jenkins, System, Chaos Gate");
        }
        if (wanted.isEmpty()) {
            throw new TargetRefusedException(
                    "expected cluster to name one of the targets, found none; there are " + listed(visible));
        }
        throw new TargetRefusedException(
                "cluster: " + FieldCheck.name("target", wanted, visible).orElse("there are " + listed(visible)));
    }

    private static String listed(List<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.stream().map(Quote::of).toList());
    }

    private static boolean leave(Item item, String name) {
        for (Item at = item; at != null; at = at.getParent() instanceof Item parent ? parent : null) {
            if (at instanceof ItemGroup<?> folder && !leaveIn(folder, name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean leaveIn(ItemGroup<?> folder, String name) {
        return ExtensionList.lookup(FolderLeave.class).stream()
                .flatMap(rule -> rule.targetsFor(folder).stream())
                .allMatch(only -> only.contains(name));
    }
}
