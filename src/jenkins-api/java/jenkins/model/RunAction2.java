package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** An action of a build that is told which one. */
public interface RunAction2 extends Action {

    void onAttached(Run<?, ?> run);

    void onLoad(Run<?, ?> run);
}
