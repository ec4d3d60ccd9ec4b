package io.jenkins.plugins.chaosgate.simulation;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.mesh.istio.SimulatedIstio;
import io.jenkins.plugins.chaosgate.simulation.SimulatedClient.Reply;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A process with the real injector in it, whose requests go wrong as the run's troubles will have it. */
final class Controller {

    private static final Duration LATENCY = Duration.ofMillis(3);
    /** As ClusterClients and the client's own attempts have it. */
    private static final Duration TIME_OUT = Duration.ofSeconds(9);

    private static final int RETRIES = 2;

    private static final Duration BACK_OFF = Duration.ofMillis(100);
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));

    private final World world;
    private final Troubles troubles;
    private final Life life;
    private final Turns turns;
    private final int lifetime;
    private final List<GateEvent> log;
    private final FaultInjector injector;
    private int moments;

    /**
     * @param lifetime which of its moments is the last
     * @param log what is on its disk; it goes on with that
     */
    Controller(World world, Troubles troubles, Turns turns, int lifetime, List<GateEvent> log) {
        this.world = world;
        this.troubles = troubles;
        this.turns = turns;
        this.life = new Life(world.clock, turns);
        this.lifetime = lifetime;
        this.log = log;
        // Each process counts from another moment.
        long origin = world.clock.now().toEpochMilli() * 7_000_000;
        KubernetesClient client = SimulatedClient.over(this::send);
        this.injector = SimulatedIstio.injector(client, life.calls(Duration.ZERO), () -> nanos() - origin, life::calls);
    }

    private long nanos() {
        return Duration.between(java.time.Instant.EPOCH, world.clock.now()).toNanos();
    }

    FaultInjector injector() {
        return injector;
    }

    Life life() {
        return life;
    }

    Journal journal() {
        return life.using(world.journal, this::moment);
    }

    void hear(GateEvent event) {
        if (!life.isDead()) {
            log.add(event);
            troubles.tell(event.toString());
            moment();
        }
    }

    private void moment() {
        moments++;
        if (moments == lifetime && !life.isDead()) {
            troubles.tell("the controller dies");
            life.die();
        }
    }

    // --- requests ---

    private Reply send(String method, String path, String contentType, String body) throws IOException {
        for (int retry = 0; retry < (isSentOnce(method, path) ? 0 : RETRIES); retry++) {
            Duration pause = BACK_OFF.multipliedBy(1L << retry);
            try {
                Reply reply = sendOnce(method, path, contentType, body);
                if (reply.status() != 429 && reply.status() < 500) {
                    return reply;
                }
                life.pause(reply.status() == 429 ? Duration.ofSeconds(RETRY_AFTER_SECONDS) : pause);
            } catch (IOException failure) {
                life.pause(pause);
            }
        }
        return sendOnce(method, path, contentType, body);
    }

    /** What changes an object, but for deletes, as Cluster has it. */
    private static boolean isSentOnce(String method, String path) {
        return Set.of("POST", "PATCH").contains(method)
                && !path.contains("dryRun")
                && !path.contains("/selfsubjectaccessreviews");
    }

    private Reply sendOnce(String method, String path, String contentType, String body) throws IOException {
        liveOn();
        int number = troubles.next();
        Optional<Trouble> trouble = troubles.of(number, method, path);
        life.pause(trouble.filter(one -> one.kind() == Trouble.Kind.SLOW)
                .map(one -> troubles.slowness(number))
                .orElse(LATENCY));
        SimulatedApi.Answer answer =
                trouble.map(Trouble::hasEffect).orElse(true) ? world.api.answer(method, path, contentType, body) : null;
        if (trouble.filter(Trouble::isLate).isPresent()) {
            turns.start(TIME_OUT.plus(troubles.lateness(number, trouble.get())), () -> {
                troubles.tell("request " + number + " arrives only now");
                world.api.answer(method, path, contentType, body);
            });
        }
        if (answer != null) {
            troubles.answered(method, path, trouble, answer);
        }
        liveOn();
        life.pause(LATENCY);
        return trouble.isPresent() ? spoilt(trouble.get(), answer) : reply(answer);
    }

    private void liveOn() {
        if (!life.isDead()) {
            moment();
        }
        if (life.isDead()) {
            throw new Life.Dead();
        }
    }

    private Reply spoilt(Trouble trouble, SimulatedApi.Answer answer) throws IOException {
        switch (trouble.kind()) {
            case TIME_OUT_BEFORE, TIME_OUT_AFTER, LATE, QUEUED -> {
                life.pause(TIME_OUT);
                throw new SocketTimeoutException("timeout");
            }
            case CUT_BEFORE, CUT_AFTER -> throw new SocketException("Connection reset");
            case SLOW -> {
                return reply(answer);
            }
            case GARBAGE -> {
                return new Reply(200, Map.of("Content-Type", List.of("text/html")), "<html>please log in</html>");
            }
            case TORN -> {
                String whole = answer.body().toString();
                return new Reply(answer.status(), JSON, whole.substring(0, whole.length() / 2));
            }
            case REFUSED, REFUSED_AFTER -> {
                String status = "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"message\":"
                        + " \"simulated\", \"code\": " + trouble.status() + "}";
                Map<String, List<String>> headers = trouble.status() == 429
                        ? Map.of(
                                "Content-Type", List.of("application/json"),
                                "Retry-After", List.of(String.valueOf(RETRY_AFTER_SECONDS)))
                        : JSON;
                return new Reply(trouble.status(), headers, status);
            }
        }
        throw new IllegalStateException("unknown: " + trouble);
    }

    private static Reply reply(SimulatedApi.Answer answer) {
        return new Reply(answer.status(), JSON, answer.body().toString());
    }
}
