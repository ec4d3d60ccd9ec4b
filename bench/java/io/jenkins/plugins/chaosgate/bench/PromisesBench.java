package io.jenkins.plugins.chaosgate.bench;

import io.jenkins.plugins.chaosgate.verdict.sequential.Burstiness;
import io.jenkins.plugins.chaosgate.verdict.sequential.Conclusion;
import io.jenkins.plugins.chaosgate.verdict.sequential.Confidence;
import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.sequential.RatioState;
import io.jenkins.plugins.chaosgate.verdict.simulation.LimitRule;
import io.jenkins.plugins.chaosgate.verdict.simulation.Outcomes;
import io.jenkins.plugins.chaosgate.verdict.simulation.Rule;
import io.jenkins.plugins.chaosgate.verdict.simulation.Scenario;
import io.jenkins.plugins.chaosgate.verdict.simulation.Simulation;
import io.jenkins.plugins.chaosgate.verdict.simulation.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The promises α and β under bursts, by simulation: 10 requests/s at the canary, a warm-up of 10 s, ten minutes under the fault,
 * early pass asked for, nothing said of bursts. Arguments: {@code limit} or {@code ratio}, how many gates for each cell, the
 * multiple of the limit that is true (1: the columns are the wrong decisions), and limits, intervals in seconds and bursts (1, 3,
 * 10; b10 for batches) to look at, each separated by commas.
 */
public final class PromisesBench {

    private static final long SEED = 20_261_128;
    private static final Duration WARMUP = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private PromisesBench() {}

    /** @param arguments as above */
    public static void main(String[] arguments) {
        boolean compares = arguments[0].equals("ratio");
        int gates = Integer.parseInt(arguments[1]);
        System.out.println(
                "what,limit,interval,bursts,times,gates,stopped_%,median_s,passed_early_%,median_s,inconclusive_%");
        for (String times : arguments[2].split(",")) {
            for (String limit : arguments[3].split(",")) {
                for (String interval : arguments[4].split(",")) {
                    for (String bursts : arguments[5].split(",")) {
                        row(compares, gates, Double.parseDouble(times), Double.parseDouble(limit), interval, bursts);
                    }
                }
            }
        }
    }

    private static void row(boolean compares, int gates, double times, double limit, String interval, String bursts) {
        Duration poll = Duration.ofSeconds(Long.parseLong(interval));
        Scenario scenario = new Scenario(
                traffic(10, limit, bursts),
                traffic(10, limit * times, bursts),
                compares ? Optional.of(traffic(90, limit, bursts)) : Optional.empty(),
                poll,
                WARMUP,
                WINDOW,
                Duration.ZERO);
        Rule rule = compares ? new Beside() : new LimitRule("", limit, Confidence.DEFAULT, Optional.empty());
        Outcomes outcomes = Simulation.run(scenario, List.of(rule), gates, SEED).get(0);
        System.out.printf(
                Locale.ROOT,
                "%s,%s,%s,%s,%s,%d,%.2f,%s,%.2f,%s,%.2f%n",
                compares ? "ratio" : "limit",
                limit,
                interval,
                bursts,
                times,
                gates,
                100 * outcomes.stopped(),
                outcomes.stoppedWithin(0.5)
                        .map(Duration::toSeconds)
                        .map(String::valueOf)
                        .orElse(""),
                100 * outcomes.passedEarly(),
                outcomes.passedWithin(0.5)
                        .map(Duration::toSeconds)
                        .map(String::valueOf)
                        .orElse(""),
                100 * outcomes.endedInconclusive());
    }

    private static Traffic traffic(double perSecond, double share, String bursts) {
        boolean batches = bursts.startsWith("b");
        return new Traffic(
                perSecond,
                share,
                Double.parseDouble(batches ? bursts.substring(1) : bursts),
                batches ? Traffic.Bursts.BATCHES : Traffic.Bursts.NEGATIVE_BINOMIAL);
    }

    /** At most as many times as bad as the stable version. */
    private record Beside() implements Rule {
        @Override
        public String name() {
            return "beside the stable version";
        }

        @Override
        public Judge begin(List<Count> warmup) {
            return begin(warmup, List.of());
        }

        @Override
        public Judge begin(List<Count> warmup, List<Count> stable) {
            Burstiness seen = Burstiness.of(warmup).max(Burstiness.of(stable));
            RatioState fresh = RatioState.fresh(1, Confidence.DEFAULT, seen, Burstiness.USUAL.max(seen));
            return new OneGate(fresh);
        }
    }

    private static final class OneGate implements Rule.Judge {
        private RatioState state;

        OneGate(RatioState state) {
            this.state = state;
        }

        @Override
        public Decision look(Count poll) {
            return look(poll, Count.NONE);
        }

        @Override
        public Decision look(Count poll, Count stable) {
            state = state.plus(poll, stable);
            return state.decision();
        }

        @Override
        public boolean isInconclusiveAtEnd() {
            return state.conclusion() != Conclusion.HELD;
        }
    }
}
