package hudson.model;

import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** What there is to know of a kind of describable: its name, its form, how it is made. */
public abstract class Descriptor<T extends Describable<T>> implements Saveable {

    /** The class that it describes. */
    public final transient Class<? extends T> clazz = null;

    protected Descriptor() {}

    protected Descriptor(Class<? extends T> type) {}

    public String getDisplayName() {
        return null;
    }

    public T newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        return null;
    }

    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        return false;
    }

    @Override
    public synchronized void save() {}

    public synchronized void load() {}

    /** A form holds what cannot be taken. */
    public static final class FormException extends Exception {

        private static final long serialVersionUID = 1L;

        public FormException(String message, Throwable cause, String field) {}
    }
}
