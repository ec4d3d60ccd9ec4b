package io.jenkins.plugins.chaosgate.experiment.language;

import java.io.Serializable;

/**
 * One thing that is wrong with an experiment. All texts are safe to print: quoted words of the file are escaped and
 * cut. No part is null.
 *
 * @param file the name of the file, as it was given
 * @param line counted from 1; 0 where the problem has no place in the file
 * @param column counted from 1; 0 where the problem has no place in the file
 * @param field the path of the field, such as {@code faults[0].httpAbort.status}; empty for the file as a whole
 * @param found what stands there, in words
 * @param expected what should stand there, in words
 * @param nearest what was probably meant; empty where nothing comes near
 */
public record Problem(String file, int line, int column, String field, String found, String expected, String nearest)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is wrong, without its place: {@code found '5'; did you mean '5s'? Expected a duration, such as 5s}. */
    public String message() {
        return nearest.isEmpty()
                ? found + "; expected " + expected
                : found + "; did you mean '" + nearest + "'? Expected " + expected;
    }

    /** One line with everything: {@code chaos.yaml:5:18: faults[0].httpAbort.status: found '700'; expected …}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + (field.isEmpty() ? "" : field + ": ") + message();
    }
}
