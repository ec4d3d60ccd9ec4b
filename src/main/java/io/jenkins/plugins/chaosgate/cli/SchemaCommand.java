package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.language.ExperimentSchema;
import io.jenkins.plugins.chaosgate.report.JsonReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chaos-gate schema}: the JSON Schemas, for editors and for whoever reads reports. */
@Command(name = "schema", description = "Prints the JSON Schema of experiments, or of reports.")
final class SchemaCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(names = "--report", description = "The schema of report.json.")
    private boolean report;

    SchemaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings
                .out()
                .println(
                        report
                                ? JsonReport.schema().stripTrailing()
                                : ExperimentSchema.generate().toPrettyString());
        return ExitStatus.PASSED;
    }
}
