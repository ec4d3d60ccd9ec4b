package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;

/** What the page of a job shows: the gates of the newest build that had any. */
public final class LastGates implements Action {

    /** How far to look back; each build that is looked at may have to be read from the disk. */
    private static final int BUILDS = 10;

    private final Job<?, ?> job;

    LastGates(Job<?, ?> job) {
        this.job = job;
    }

    /** The gates of the newest build that had any; null where none of the last ten builds had. */
    public GatesAction getGates() {
        return Stream.<Run<?, ?>>iterate(job.getLastBuild(), build -> build != null, Run::getPreviousBuild)
                .limit(BUILDS)
                .map(build -> Optional.ofNullable(build.getAction(GatesAction.class)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }

    /** Gives each job its own. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return LastGates.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            return List.of(new LastGates((Job<?, ?>) job));
        }
    }
}
