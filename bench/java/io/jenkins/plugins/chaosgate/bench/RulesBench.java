package io.jenkins.plugins.chaosgate.bench;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.simulation.LimitRule;
import io.jenkins.plugins.chaosgate.verdict.simulation.Outcomes;
import io.jenkins.plugins.chaosgate.verdict.simulation.Rule;
import io.jenkins.plugins.chaosgate.verdict.simulation.Scenario;
import io.jenkins.plugins.chaosgate.verdict.simulation.Simulation;
import io.jenkins.plugins.chaosgate.verdict.simulation.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the rules decide the same simulated gates: objective 1 % bad, 10 requests/s, polls each 5 s for 10 minutes, α = 1 %.
 * Arguments: the folder for rules.csv and rules.svg, and how many gates to simulate for each cell.
 */
public final class RulesBench {

    private static final long SEED = 20_260_101;
    private static final double LIMIT = 0.01;
    private static final double PER_SECOND = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration WARMUP = Duration.ofMinutes(1);
    private static final double[] SHARES = {0.008, 0.01, 0.02, 0.05};
    private static final double[] BURSTS = {1, 3};

    private RulesBench() {}

    /** @param arguments folder, number of gates */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int gates = Integer.parseInt(arguments[1]);
        List<Cell> cells = new ArrayList<>();
        for (double phi : BURSTS) {
            for (double share : SHARES) {
                Traffic traffic = new Traffic(PER_SECOND, share, phi);
                Scenario scenario = new Scenario(traffic, traffic, INTERVAL, WARMUP, WINDOW, WINDOW.plus(INTERVAL));
                for (Outcomes outcomes : Simulation.run(scenario, rules(phi), gates, SEED)) {
                    cells.add(new Cell(phi, share, outcomes));
                    System.out.println(cells.get(cells.size() - 1).csv());
                }
            }
        }
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>(List.of(Cell.HEADER));
        cells.forEach(cell -> lines.add(cell.csv()));
        Files.write(folder.resolve("rules.csv"), lines);
        Files.writeString(folder.resolve("rules.svg"), RulesPlot.svg(cells));
    }

    private static List<Rule> rules(double phi) {
        double alpha = Confidence.DEFAULT.alpha();
        return List.of(
                OtherRules.oneSample(LIMIT, Duration.ofMinutes(1), INTERVAL),
                OtherRules.threeInARow(LIMIT, Duration.ofMinutes(1), INTERVAL),
                OtherRules.flagger(LIMIT, 5, Duration.ofMinutes(1), INTERVAL),
                OtherRules.fixedHorizon(LIMIT, alpha),
                OtherRules.sprt(LIMIT, 2 * LIMIT, alpha),
                ours("Chaos Gate, warm-up of 1 m", Optional.empty()),
                ours("Chaos Gate, φ known", Optional.of(new Burstiness(phi))),
                withoutWarmUp(ours("Chaos Gate, nothing known", Optional.empty())));
    }

    private static Rule withoutWarmUp(Rule rule) {
        return new Rule() {
            @Override
            public String name() {
                return rule.name();
            }

            @Override
            public Judge begin(List<Count> warmup) {
                return rule.begin(List.of());
            }
        };
    }

    private static Rule ours(String name, Optional<Burstiness> known) {
        return new LimitRule(name, LIMIT, Confidence.DEFAULT, known);
    }
}
