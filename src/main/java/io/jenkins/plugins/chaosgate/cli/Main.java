package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException;
import io.jenkins.plugins.chaosgate.report.Clean;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code chaos-gate}. */
public final class Main {

    private final Surroundings surroundings;
    private final ChaosGateCommand command = new ChaosGateCommand();

    Main(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        Surroundings surroundings = new Surroundings(System.getenv(), out, err, terminal, MeshWorld::new);
        System.exit(new Main(surroundings).execute(args));
    }

    /** Whatever the locale: the lines have characters that ASCII lacks. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs a command; gives its exit status. */
    int execute(String... args) {
        return new CommandLine(command)
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new SweepCommand(surroundings))
                .addSubcommand(new PlanCommand(surroundings))
                .addSubcommand(new SchemaCommand(surroundings))
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(this::wrongParameter)
                .setExecutionExceptionHandler(this::failed)
                .setExecutionStrategy(this::run)
                .execute(args);
    }

    private int run(ParseResult parsed) {
        boolean help = CommandLine.executeHelpRequest(parsed) != null;
        if (help) {
            return ExitStatus.PASSED;
        }
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "name a command: run, check, plan, sweep or schema");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int wrongParameter(ParameterException problem, String[] args) {
        CommandLine asked = problem.getCommandLine();
        surroundings.err().println("error: " + Clean.line(problem.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, asked.getErr());
        surroundings.err().println("See: " + asked.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE;
    }

    private int failed(Exception failure, CommandLine asked, ParseResult parsed) {
        if (command.isDebug()) {
            failure.printStackTrace(surroundings.err());
        }
        if (failure instanceof InvalidExperimentException invalid) {
            invalid.problems().forEach(problem -> surroundings.err().println(problem));
            return ExitStatus.USAGE;
        }
        if (failure instanceof UsageException) {
            surroundings.err().println("error: " + Failure.words(failure));
            return ExitStatus.USAGE;
        }
        boolean expected = failure instanceof CouldNotStartException;
        surroundings
                .err()
                .println("error: "
                        + (expected
                                ? Failure.words(failure)
                                : "unexpected: " + Failure.words(failure) + " (--debug shows more)"));
        return ExitStatus.COULD_NOT_START;
    }
}
