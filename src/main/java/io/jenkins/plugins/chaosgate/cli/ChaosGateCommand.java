package io.jenkins.plugins.chaosgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code chaos-gate}: what all commands have in common. */
@Command(
        name = "chaos-gate",
        mixinStandardHelpOptions = true,
        versionProvider = ChaosGateCommand.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        description = "Hurts a canary on purpose, watches it, takes the fault away again, and says whether it held.",
        footerHeading = "%nExit status:%n",
        footer = {
            "  0    PASSED: the fault hurt real requests and the steady state held",
            "  1    VIOLATED: the steady state did not hold",
            "  2    wrong usage, or an invalid experiment",
            "  3    INCONCLUSIVE: nothing can be said, or a pass without its report",
            "  4    ROLLBACK_FAILED: a fault may still be in",
            "  5    could not start; nothing was changed",
            "  130  ABORTED: interrupted, the fault was taken out first"
        })
final class ChaosGateCommand {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Shows where in the program an error came from.")
    private boolean debug;

    boolean isDebug() {
        return debug;
    }

    /** The version that the jar's manifest carries. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = ChaosGateCommand.class.getPackage().getImplementationVersion();
            return new String[] {"chaos-gate " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
