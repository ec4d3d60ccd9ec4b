package hudson.model;

/** Something that is configured in a form. */
public interface Describable<T extends Describable<T>> {

    default Descriptor<T> getDescriptor() {
        return null;
    }
}
