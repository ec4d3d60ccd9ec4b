package hudson.model;

/** What there is to know of a kind of describable: its name, its form, how it is made. */
public abstract class Descriptor<T extends Describable<T>> implements Saveable {

    protected Descriptor() {}

    public String getDisplayName() {
        return null;
    }

    @Override
    public synchronized void save() {}

    public synchronized void load() {}
}
