package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import java.util.concurrent.TimeUnit;

/**
 * Looks once a minute for faults that no gate looks after any more. The first time is a minute after Jenkins has started:
 * until then builds that go on have taken up their gates again.
 */
@Extension
public final class OpenFaultsRound extends AsyncPeriodicWork {

    public OpenFaultsRound() {
        super("Chaos Gate: take out faults that were left behind");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        OpenFaults.get().takeOut(true);
    }
}
