package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Arm;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback;
import io.jenkins.plugins.chaosgate.experiment.CanaryRollback.Kind;
import io.jenkins.plugins.chaosgate.experiment.Decide;
import io.jenkins.plugins.chaosgate.experiment.ErrorRate;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.FailedRequests;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import io.jenkins.plugins.chaosgate.experiment.Mechanism;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.PodLimits;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Throughput;
import io.jenkins.plugins.chaosgate.experiment.Watch;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written means the same when it is read. */
class ExperimentWriterTest {

    @Test
    void writesEveryFieldInTheWordsOfTheLanguage() {
        Experiment experiment = Try.read(
                """
                name: costs $${5}
                target: {namespace: bookinfo, canary: {app: reviews}}
                faults:
                  - httpDelay: {to: ratings, delay: 20s, percentage: 50.5%, headers: {A: '$${b}'}}
                  - grpcAbort: {to: stock.shop, status: 14}
                  - bandwidthLimit: {to: images, limit: 1MiB/s}
                steadyState:
                  - errorRate: {of: reviews, max: 0.01, compareTo: stable, maxRatio: 2, burstiness: 2.5}
                  - latency: {of: reviews, quantile: 99.9, max: 1500ms}
                  - throughput: {of: reviews, min: 60/m}
                  - promql: {name: up, query: up, min: -0.5, max: 1e20, for: 50s, decide: everySample}
                watch: {earlyPass: true, minUnderFault: 20s, alpha: 0.1%}
                """);

        assertThat(ExperimentWriter.write(experiment))
                .hasToString("{'name':'costs $${5}','target':{'namespace':'bookinfo','canary':{'app':'reviews'}},"
                                .replace('\'', '"')
                        + ("'mechanism':'envoyFilter','overrideFault':false,'guard':'job','lease':'30s','whenBusy':'wait','busyLimit':'10m','faults':["
                                        + "{'httpDelay':{'to':'ratings.bookinfo','delay':'20s','percentage':50.5,"
                                        + "'headers':{'a':'$${b}'}}},"
                                        + "{'grpcAbort':{'to':'stock.shop','status':'UNAVAILABLE','percentage':100}},"
                                        + "{'bandwidthLimit':{'to':'images.bookinfo','limit':'1024KiB/s','percentage':100}}],'controlRun':false,"
                                        + "'steadyState':["
                                        + "{'errorRate':{'of':'reviews.bookinfo','max':'1%','window':'1m',"
                                        + "'compareTo':'stable','maxRatio':2,'burstiness':2.5,'allowedBreaches':0,"
                                        + "'name':'error rate of reviews'}},"
                                        + "{'latency':{'of':'reviews.bookinfo','quantile':99.9,'max':'1s500ms',"
                                        + "'window':'1m','allowedBreaches':0,'name':'p99.9 of reviews'}},"
                                        + "{'throughput':{'of':'reviews.bookinfo','min':'1/s','window':'1m',"
                                        + "'allowedBreaches':0,'name':'throughput of reviews'}},"
                                        + "{'promql':{'name':'up','query':'up','max':1.0E20,'min':-0.5,"
                                        + "'decide':'everySample','allowedBreaches':0,'for':'50s'}},"
                                        + "{'pods':{'restarts':{'max':0},'ready':{'min':'100%'}}}],"
                                        + "'watch':{'warmup':'10s','duration':'1m','interval':'5s','recovery':'30s',"
                                        + "'missingData':'30s','earlyPass':true,'minUnderFault':'20s','alpha':'0.1%','beta':'5%'},"
                                        + "'canaryRollback':'none','canaryRollbackOn':'violated'}")
                                .replace('\'', '"'));
        assertThat(again(experiment)).isEqualTo(experiment);
    }

    @Test
    void givesBackExperimentsOfEveryShape() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            Experiment experiment = experiment(random);
            assertThat(again(experiment)).isEqualTo(experiment);
        }
    }

    @Test
    void aWatchShorterThanThePresetsCanBeReadAgain() {
        Experiment experiment = Try.read(
                """
                name: short
                target: {namespace: bookinfo, canary: {app: reviews}}
                controlRun: true
                steadyState: [{errorRate: {of: reviews, max: 1%}}]
                watch: {duration: 20s, earlyPass: true}
                """);
        assertThat(experiment.watch().minUnderFault()).isEqualTo(Duration.ofSeconds(20));
        assertThat(again(experiment)).isEqualTo(experiment);
    }

    @Test
    void refusesWhatTheLanguageCannotSay() {
        Experiment tooFine = new Experiment(
                "x",
                new Target("a", Map.of("b", "c"), Map.of()),
                Mechanism.ENVOY_FILTER,
                false,
                List.of(new HttpDelay(scope(new Random(1), 0), Duration.ofNanos(1))),
                List.of(new PromQl("up", "up", Judging.by(Bounds.atMost(1)))),
                Watch.DEFAULT);

        assertThatThrownBy(() -> ExperimentWriter.write(tooFine))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no whole number of milliseconds above 0: PT0.000000001S");
    }

    private static Experiment again(Experiment experiment) {
        ObjectNode written = ExperimentWriter.write(experiment);
        return ExperimentReader.read("again.json", written.toString(), Map.of());
    }

    private static Experiment experiment(Random random) {
        return new Experiment(
                        "run $" + "{".repeat(random.nextInt(3)) + random.nextInt() + "}: \"'\u00e4\\",
                        new Target(
                                "ns-" + random.nextInt(9),
                                Map.of("app", "a" + random.nextInt(9), "version", "1.10"),
                                random.nextBoolean() ? Map.of() : Map.of("app", "stable")),
                        Mechanism.values()[random.nextInt(2)],
                        random.nextBoolean(),
                        new Guard(
                                Guard.Kind.values()[random.nextInt(2)],
                                Duration.ofMillis(10_000 + random.nextInt(3_590_001))),
                        List.<Fault>of(
                                        new HttpAbort(scope(random, 0), 200 + random.nextInt(400)),
                                        new GrpcAbort(scope(random, 1), 1 + random.nextInt(16)),
                                        new HttpDelay(scope(random, 2), millis(random)),
                                        new BandwidthLimit(scope(random, 3), 1 + random.nextInt(1_000_000)))
                                .subList(random.nextInt(2), random.nextInt(3) + 1),
                        thresholds(random),
                        new Watch(
                                Duration.ofSeconds(5 + random.nextInt(100)),
                                Duration.ofSeconds(10_001 + random.nextInt(10_000)),
                                Duration.ofMillis(100 + random.nextInt(900)),
                                Duration.ofSeconds(5 + random.nextInt(100)),
                                Duration.ofSeconds(20_000 + random.nextInt(100)),
                                random.nextBoolean(),
                                Duration.ofSeconds(1 + random.nextInt(5)),
                                0.001 * (1 + random.nextInt(400)),
                                0.5))
                .withPods(new PodLimits(random.nextInt(5), random.nextInt(1001) / 1000.0))
                .withCanaryRollback(canaryRollback(random));
    }

    private static CanaryRollback canaryRollback(Random random) {
        return random.nextBoolean()
                ? CanaryRollback.NONE
                : new CanaryRollback(
                        List.of(Kind.UNDO_DEPLOYMENT, Kind.SCALE_TO_ZERO, Kind.ABORT_ROLLOUT)
                                .get(random.nextInt(3)),
                        CanaryRollback.On.values()[random.nextInt(2)]);
    }

    private static List<Threshold> thresholds(Random random) {
        ServiceName of = new ServiceName("reviews", "ns-" + random.nextInt(9));
        Optional<Arm> arm = Optional.of(Arm.values()[random.nextInt(3)]).filter(some -> random.nextBoolean());
        boolean compared = arm.isEmpty() || arm.get() == Arm.CANARY;
        OptionalDouble ratio =
                compared && random.nextBoolean() ? OptionalDouble.of(random.nextDouble() * 10) : OptionalDouble.empty();
        Duration window = Duration.ofSeconds(1 + random.nextInt(1000));
        double seconds = (1 + random.nextInt(10_000)) / 1000.0;
        return List.of(
                new FailedRequests("a", of, arm, window, judging(random, 1 + random.nextInt(999), ratio)),
                new ErrorRate("b", of, arm, window, judging(random, 0.9 * random.nextDouble(), ratio)),
                new Latency(
                        "c",
                        of,
                        arm,
                        (200 + random.nextInt(9_799)) / 10_000.0,
                        window,
                        judging(random, seconds, OptionalDouble.empty())),
                new Throughput(
                        "d",
                        of,
                        arm,
                        window,
                        onEnough(random, judging(random, (1 + random.nextInt(999)) / 60.0, ratio))),
                new PromQl(
                        "e",
                        "sum(up{a=\"b\"}) > ${x}\n+ 1",
                        judging(random, random.nextGaussian() * 1e9, OptionalDouble.empty())),
                new Webhook(
                        "f",
                        URI.create("https://checks:8443/a?b=" + random.nextInt()),
                        new Judging(Bounds.atLeast(1), OptionalDouble.empty(), random.nextInt(5))));
    }

    private static Judging judging(Random random, double limit, OptionalDouble ratio) {
        Bounds bounds = random.nextBoolean()
                ? new Bounds(OptionalDouble.of(limit), OptionalDouble.of(limit))
                : ratio.isPresent() ? Bounds.NONE : random.nextBoolean() ? Bounds.atLeast(limit) : Bounds.atMost(limit);
        boolean samples = bounds.min().isPresent();
        return new Judging(
                bounds,
                ratio,
                samples ? random.nextInt(5) : 0,
                samples && random.nextBoolean() ? Optional.of(millis(random)) : Optional.empty(),
                random.nextBoolean() ? Optional.of(Decide.EVERY_SAMPLE) : Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    private static Judging onEnough(Random random, Judging judging) {
        return new Judging(
                judging.bounds(),
                judging.maxRatio(),
                judging.allowedBreaches(),
                judging.lasting(),
                judging.decide(),
                judging.burstiness(),
                random.nextBoolean() ? OptionalLong.of(1 + random.nextInt(1000)) : OptionalLong.empty());
    }

    private static Scope scope(Random random, int service) {
        return new Scope(
                random.nextBoolean() ? Map.of() : Map.of("app", "caller"),
                new ServiceName("svc-" + service, "ns"),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(65_535)),
                random.nextBoolean() ? Map.of() : Map.of("x-a", "b ${c}"),
                new Percentage(990_000 + random.nextInt(10_001)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(1000)));
    }

    private static Duration millis(Random random) {
        return Duration.ofMillis(1 + random.nextInt(10_000_000));
    }
}
