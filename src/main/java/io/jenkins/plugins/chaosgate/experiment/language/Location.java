package io.jenkins.plugins.chaosgate.experiment.language;

/**
 * A place in a file.
 *
 * @param line counted from 1; 0 means the file as a whole
 * @param column counted from 1, in characters; 0 means the file as a whole
 */
record Location(int line, int column) {

    /** The file as a whole: for what stands nowhere in it. */
    static final Location WHOLE_FILE = new Location(0, 0);

    /** Where a text that follows this one goes on. */
    static Location after(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            boolean newLine = text.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new Location(line, column);
    }
}
