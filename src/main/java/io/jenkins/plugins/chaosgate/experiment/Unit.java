package io.jenkins.plugins.chaosgate.experiment;

import java.util.Locale;

/** What the values of a threshold are measured in, and how people write them. */
public enum Unit {
    /** A number of requests. */
    COUNT {
        @Override
        public String format(double value) {
            return plain(value);
        }
    },
    /** A share, 0 to 1; written in percent. */
    FRACTION {
        @Override
        public String format(double value) {
            return plain(value * 100) + " %";
        }
    },
    /** A time in seconds; written in ms below one second. */
    SECONDS {
        @Override
        public String format(double value) {
            return Math.abs(value) < 1 ? plain(value * 1000) + " ms" : plain(value) + " s";
        }
    },
    /** A rate, in events each second. */
    PER_SECOND {
        @Override
        public String format(double value) {
            return plain(value) + "/s";
        }
    },
    /** A bare number of the user's own. */
    NUMBER {
        @Override
        public String format(double value) {
            return plain(value);
        }
    },
    /** 1 for yes, 0 for no. */
    OK {
        @Override
        public String format(double value) {
            return value == 1 ? "ok" : "not ok";
        }
    };

    /** A value in words, with its unit; short enough for a line on a terminal. */
    public abstract String format(double value);

    /** Whole numbers as they are; others with three significant digits at least, without trailing zeros. */
    private static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return decimals == 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
