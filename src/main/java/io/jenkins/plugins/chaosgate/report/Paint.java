package io.jenkins.plugins.chaosgate.report;

/** Colours for lines on a terminal, or none. What is painted has to be clean already. */
public enum Paint {
    /** As it is: for files, pipes and a build's log. */
    PLAIN {
        @Override
        String with(String code, String text) {
            return text;
        }
    },
    /** With the escape sequences that every colour terminal knows. */
    ANSI {
        @Override
        String with(String code, String text) {
            return "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    };

    abstract String with(String code, String text);

    String good(String text) {
        return with("32", text);
    }

    String bad(String text) {
        return with("1;31", text);
    }

    String warning(String text) {
        return with("33", text);
    }

    String strong(String text) {
        return with("1", text);
    }

    String faint(String text) {
        return with("2", text);
    }
}
