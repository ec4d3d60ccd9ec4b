package io.jenkins.plugins.chaosgate.testbed.demo;

import java.nio.file.Path;

/**
 * One canary of the demo and what has to come of it.
 *
 * @param version of reviews, say {@code v2}
 * @param title who it is, for people
 * @param verdict what its gate has to say
 * @param exitStatus what the command line has to end with
 */
record Chapter(String version, String title, String verdict, int exitStatus) {

    /** The canary of the talk: answers 500 when ratings fails. */
    static final Chapter BREAKS = new Chapter("v2", "a release that cannot do without ratings", "VIOLATED", 1);

    /** The one that falls back, as it should. */
    static final Chapter HOLDS = new Chapter("v3", "a release that shows reviews without their stars", "PASSED", 0);

    /** Its experiment, relative to the repository. */
    String experiment() {
        return "examples/talk/reviews-" + version + ".yaml";
    }

    /** Where its reports go. */
    Path report(Path reports) {
        return reports.resolve("reviews-" + version);
    }
}
