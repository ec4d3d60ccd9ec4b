package org.jvnet.localizer;

import java.io.Serializable;

/** A text in the reader's language. */
public class Localizable implements Serializable {

    private static final long serialVersionUID = 1L;

    public Localizable(ResourceBundleHolder holder, String key, Object... arguments) {}
}
