package hudson;

import java.util.AbstractList;

/** What Jenkins has collected of one type. */
public class ExtensionList<T> extends AbstractList<T> {

    private ExtensionList() {}

    public static <T> ExtensionList<T> lookup(Class<T> type) {
        return new ExtensionList<>();
    }

    public static <U> U lookupSingleton(Class<U> type) {
        return null;
    }

    @Override
    public T get(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
        return 0;
    }
}
