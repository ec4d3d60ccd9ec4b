package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The experiment's file, and what may be said of it on the command line. */
final class ExperimentOptions {

    /** One byte more than the reader takes, so that the reader itself says that the file is too large. */
    private static final int MOST = 1024 * 1024 + 1;

    @Parameters(paramLabel = "FILE", description = "The experiment, in YAML (or in JSON where it ends in .json).")
    private Path file;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "The value of $${NAME} in the file. May be given several times.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--mechanism",
            paramLabel = "envoyFilter|virtualService",
            description = "How the fault gets into the mesh. Default: what the file says, else envoyFilter.")
    private String mechanism;

    /**
     * @throws io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException with all that is wrong
     * @throws UsageException where the file cannot be read
     */
    Experiment read() {
        Experiment experiment = ExperimentReader.read(file.toString(), bytes(), variables);
        return mechanism == null ? experiment : experiment.withMechanism(mechanism(mechanism));
    }

    private byte[] bytes() {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST);
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read (" + e.getMessage() + ")" : "does not exist";
            throw new UsageException("the experiment " + file + " " + why);
        }
    }

    private static Mechanism mechanism(String word) {
        return Arrays.stream(Mechanism.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("--mechanism is "
                        + Arrays.stream(Mechanism.values()).map(Mechanism::word).collect(Collectors.joining(" or "))
                        + ", not '" + word + "'"));
    }
}
