package hudson.model;

/** Something that carries actions. */
public abstract class Actionable implements ModelObject {

    public <T extends Action> T getAction(Class<T> type) {
        return null;
    }

    public void addAction(Action action) {}
}
