package hudson.util;

import java.io.Serializable;

/** A text that is kept encrypted. */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;

    private Secret() {}

    public String getPlainText() {
        return null;
    }
}
