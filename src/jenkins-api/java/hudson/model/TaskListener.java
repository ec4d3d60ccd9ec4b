package hudson.model;

import java.io.PrintStream;

/** Where what happens in a build is printed. */
public interface TaskListener {

    TaskListener NULL = null;

    PrintStream getLogger();
}
