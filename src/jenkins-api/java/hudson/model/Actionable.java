package hudson.model;

import java.util.List;

/** Something that carries actions. */
public abstract class Actionable implements ModelObject {

    public <T extends Action> T getAction(Class<T> type) {
        return null;
    }

    public <T extends Action> List<T> getActions(Class<T> type) {
        return null;
    }

    public boolean addOrReplaceAction(Action action) {
        return false;
    }

    public void addAction(Action action) {}
}
