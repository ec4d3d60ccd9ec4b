package hudson.model;

import java.util.List;

/** Why a build was started. */
public abstract class Cause {

    /** Another build. */
    public static class UpstreamCause extends Cause {

        public UpstreamCause(Run<?, ?> build) {}

        public List<Cause> getUpstreamCauses() {
            return null;
        }

        /** The end of a chain that was too long to keep. */
        public static class DeeplyNestedUpstreamCause extends Cause {}
    }

    /** A person. */
    public static class UserIdCause extends Cause {

        public String getUserId() {
            return null;
        }
    }
}
