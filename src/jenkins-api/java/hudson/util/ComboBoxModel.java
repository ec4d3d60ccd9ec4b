package hudson.util;

import java.util.ArrayList;
import java.util.Collection;

/** What a text field of a form offers; anything else may be written as well. */
public class ComboBoxModel extends ArrayList<String> {

    private static final long serialVersionUID = 1L;

    public ComboBoxModel() {}

    public ComboBoxModel(Collection<? extends String> words) {}
}
