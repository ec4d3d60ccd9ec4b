package hudson.util;

import java.util.ArrayList;

/** What a drop-down list of a form holds. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> {

    private static final long serialVersionUID = 1L;

    /** An entry whose text is its value. */
    public ListBoxModel add(String value) {
        return null;
    }

    /** One entry. */
    public static final class Option {

        private Option() {}
    }
}
