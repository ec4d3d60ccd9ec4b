package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Before Jenkins goes away, faults are taken out; what is left is taken out by {@link OpenFaultsRound} of the next one. */
@Extension
public final class JenkinsGoesAway extends ItemListener {

    private static final Logger LOG = Logger.getLogger(JenkinsGoesAway.class.getName());

    /** Service managers kill what takes much longer to stop; what is not done by then is done at the next start. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Override
    public void onBeforeShutdown() {
        try {
            RunningGates.get().close(LIMIT);
        } catch (InterruptedException e) {
            LOG.log(
                    Level.WARNING,
                    "The wait for faults to be taken out broke off; what is still in goes with its guard, or at the next start",
                    e);
            Thread.currentThread().interrupt();
        }
    }
}
