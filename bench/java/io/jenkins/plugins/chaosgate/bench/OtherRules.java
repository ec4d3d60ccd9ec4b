package io.jenkins.plugins.chaosgate.bench;

import io.jenkins.plugins.chaosgate.verdict.sequential.Count;
import io.jenkins.plugins.chaosgate.verdict.sequential.Decision;
import io.jenkins.plugins.chaosgate.verdict.simulation.Rule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** The rules that others decide by. */
final class OtherRules {

    private OtherRules() {}

    /** Fails at the first poll at which the share over the last {@code range} is above the limit (Gloo Shot). */
    static Rule oneSample(double limit, Duration range, Duration interval) {
        return consecutive("one 1-minute sample over the limit", limit, polls(range, interval), 1);
    }

    /** Fails at the third such poll in a row. */
    static Rule threeInARow(double limit, Duration range, Duration interval) {
        return consecutive("three polls in a row", limit, polls(range, interval), 3);
    }

    private static Rule consecutive(String name, double limit, int range, int times) {
        return rule(name, () -> new Rule.Judge() {
            private final Recent recent = new Recent(range);
            private int inARow;

            @Override
            public Decision look(Count poll) {
                recent.add(poll);
                inARow = recent.isAbove(limit) ? inARow + 1 : 0;
                return inARow >= times ? Decision.VIOLATED : Decision.CONTINUE;
            }
        });
    }

    /** Looks once in {@code every}, at the share since the last look, and fails at the {@code fails}-th above the limit. */
    static Rule flagger(double limit, int fails, Duration every, Duration interval) {
        int range = polls(every, interval);
        return rule("Flagger, " + fails + " fails at 1 m", () -> new Rule.Judge() {
            private final Recent recent = new Recent(range);
            private int polls;
            private int failed;

            @Override
            public Decision look(Count poll) {
                recent.add(poll);
                polls++;
                if (polls % range == 0 && recent.isAbove(limit)) {
                    failed++;
                }
                return failed >= fails ? Decision.VIOLATED : Decision.CONTINUE;
            }
        });
    }

    /** Looks once, when time is up: an exact binomial test at level alpha. */
    static Rule fixedHorizon(double limit, double alpha) {
        return rule("fixed horizon", () -> new Rule.Judge() {
            private Count sum = Count.NONE;

            @Override
            public Decision look(Count poll) {
                sum = sum.plus(poll);
                return Decision.CONTINUE;
            }

            @Override
            public boolean failsAtEnd() {
                BinomialDistribution healthy = new BinomialDistribution(null, Math.toIntExact(sum.total()), limit);
                double pValue = 1 - healthy.cumulativeProbability(Math.toIntExact(sum.surelyBad()) - 1);
                return pValue <= alpha;
            }
        });
    }

    /** Wald's test of the limit against one alternative, without a bound for accepting the limit: it looks to the end. */
    static Rule sprt(double limit, double alternative, double alpha) {
        double bad = Math.log(alternative / limit);
        double good = Math.log1p(-alternative) - Math.log1p(-limit);
        return rule(
                "SPRT, p1 = 2 %",
                () -> new Rule.Judge() {
                    private double ratio;

                    @Override
                    public Decision look(Count poll) {
                        ratio += poll.surelyBad() * bad + (poll.total() - poll.surelyBad()) * good;
                        return ratio >= -Math.log(alpha) ? Decision.VIOLATED : Decision.CONTINUE;
                    }
                });
    }

    private static int polls(Duration range, Duration interval) {
        return Math.toIntExact(range.dividedBy(interval));
    }

    private static Rule rule(String name, Supplier<Rule.Judge> judge) {
        return new Rule() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Judge begin(List<Count> warmup) {
                return judge.get();
            }
        };
    }

    /** The newest polls. */
    private static final class Recent {
        private final int size;
        private final Deque<Count> polls = new ArrayDeque<>();

        Recent(int size) {
            this.size = size;
        }

        void add(Count poll) {
            polls.add(poll);
            if (polls.size() > size) {
                polls.remove();
            }
        }

        boolean isAbove(double limit) {
            Count sum = polls.stream().reduce(Count.NONE, Count::plus);
            return sum.surelyBad() > limit * sum.total();
        }
    }
}
