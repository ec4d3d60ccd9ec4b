package hudson.util;

/** What a form says of what was written in it. */
public abstract class FormValidation {

    FormValidation() {}

    public static FormValidation ok() {
        return null;
    }

    public static FormValidation ok(String format, Object... arguments) {
        return null;
    }

    public static FormValidation warning(String message) {
        return null;
    }

    public static FormValidation warning(String format, Object... arguments) {
        return null;
    }

    public static FormValidation error(String message) {
        return null;
    }

    public static FormValidation error(String format, Object... arguments) {
        return null;
    }
}
