package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;

/** A build can end past its steps: killed, or deleted. Then its gates end, too. */
@Extension
public final class EndOfBuild extends RunListener<Run<?, ?>> {

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        RunningGates.get().abortAll(run, "the build ended");
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        RunningGates.get().abortAll(run, "the build ended");
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        RunningGates.get().abortAll(run, "the build was deleted");
    }
}
