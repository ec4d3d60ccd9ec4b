package jenkins.model;

import java.io.Serializable;

/** Why a build does not go on. */
public abstract class CauseOfInterruption implements Serializable {

    private static final long serialVersionUID = 1L;

    public abstract String getShortDescription();

    /** Somebody stopped it. */
    public static final class UserInterruption extends CauseOfInterruption {

        private static final long serialVersionUID = 1L;

        private UserInterruption() {}

        @Override
        public String getShortDescription() {
            return null;
        }
    }
}
