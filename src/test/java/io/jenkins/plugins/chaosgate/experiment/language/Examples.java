package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The experiments that the project publishes. */
final class Examples {

    private static final String VARIABLES = "# Variables: ";

    private Examples() {}

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
    }

    static Experiment read(Path file) throws IOException {
        return ExperimentReader.read(file.toString(), Files.readAllBytes(file), variables(Files.readString(file)));
    }

    /** The variables that an example names in a comment of its own, with values: {@code # Variables: A=1 B=2}. */
    static Map<String, String> variables(String text) {
        Map<String, String> variables = new HashMap<>();
        text.lines()
                .filter(line -> line.startsWith(VARIABLES))
                .flatMap(line -> Stream.of(line.substring(VARIABLES.length()).split(" ")))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> variables.put(pair[0], pair[1]));
        return variables;
    }
}
