package hudson.model;

import java.io.IOException;

/** What is done again and again, on a thread of its own. */
public abstract class AsyncPeriodicWork extends PeriodicWork {

    protected AsyncPeriodicWork(String name) {}

    protected abstract void execute(TaskListener listener) throws IOException, InterruptedException;
}
