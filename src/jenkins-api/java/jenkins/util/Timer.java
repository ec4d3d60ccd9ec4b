package jenkins.util;

import java.util.concurrent.ScheduledExecutorService;

/** Threads that all of Jenkins shares, for what is quickly done. */
public class Timer {

    Timer() {}

    public static synchronized ScheduledExecutorService get() {
        return null;
    }
}
