package io.jenkins.plugins.chaosgate.verdict.simulation;

import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Plays a scenario many times and lets rules decide the same gates. The same seed gives the same outcomes. */
public final class Simulation {

    private final Scenario scenario;
    private final List<Tally> tallies;

    private Simulation(Scenario scenario, List<Rule> rules) {
        this.scenario = scenario;
        this.tallies = rules.stream().map(Tally::new).toList();
    }

    /**
     * Simulates.
     *
     * @param gates how many, above 0
     * @return one for each rule, in their order
     */
    public static List<Outcomes> run(Scenario scenario, List<Rule> rules, int gates, long seed) {
        if (gates < 1) {
            throw new IllegalArgumentException("expected at least one gate, but found " + gates);
        }
        Simulation simulation = new Simulation(scenario, rules);
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < gates; i++) {
            simulation.play(seeds.split());
        }
        return simulation.tallies.stream().map(tally -> tally.outcomes(gates)).toList();
    }

    private void play(RandomGenerator random) {
        List<Count> warmup = polls(scenario.before(), scenario.warmupPolls(), random);
        List<Count> polls = polls(scenario.under(), scenario.polls(), random);
        // Drawn last, so that whoever compares nothing gets the same figures.
        List<Count> before = stable(scenario.warmupPolls(), random);
        List<Count> beside = stable(scenario.polls(), random);
        tallies.forEach(tally -> tally.decide(tally.rule.begin(warmup, before), polls, beside, scenario));
    }

    private List<Count> stable(int number, RandomGenerator random) {
        return scenario.stable()
                .map(traffic -> polls(traffic, number, random))
                .orElseGet(() -> Collections.nCopies(number, Count.NONE));
    }

    private List<Count> polls(Traffic traffic, int number, RandomGenerator random) {
        return Stream.generate(() -> traffic.poll(scenario.interval(), random))
                .limit(number)
                .toList();
    }

    /** How one rule decided so far. */
    private static final class Tally {
        private final Rule rule;
        private final List<Duration> detections = new ArrayList<>();
        private final List<Duration> earlyPasses = new ArrayList<>();
        private int inconclusive;

        Tally(Rule rule) {
            this.rule = rule;
        }

        void decide(Rule.Judge judge, List<Count> polls, List<Count> stable, Scenario scenario) {
            Duration elapsed = Duration.ZERO;
            for (int i = 0; i < polls.size(); i++) {
                elapsed = elapsed.plus(scenario.interval());
                Decision decision = judge.look(polls.get(i), stable.get(i));
                if (decision == Decision.VIOLATED) {
                    detections.add(elapsed);
                    return;
                }
                if (decision == Decision.HOLDS && elapsed.compareTo(scenario.minUnderFault()) >= 0) {
                    earlyPasses.add(elapsed);
                    return;
                }
            }
            if (judge.failsAtEnd()) {
                detections.add(elapsed);
            } else if (judge.isInconclusiveAtEnd()) {
                inconclusive++;
            }
        }

        Outcomes outcomes(int gates) {
            return new Outcomes(rule.name(), gates, detections, earlyPasses, inconclusive);
        }
    }
}
