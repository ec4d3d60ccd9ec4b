package io.jenkins.plugins.chaosgate.pipeline.life;

import hudson.remoting.SingleLaneExecutorService;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.util.Timer;

/**
 * The few threads that all gates of this Jenkins share. No gate has one of its own: it takes one when something happens,
 * and what can hang never runs where a gate's time-outs ring.
 */
final class GateThreads {

    private static final int RINGING = 3;
    private static final int FOLLOWING = 3;
    private static final int PREPARING = 3;
    /** Each may be held by an agent that hangs, for as long as a call may take; they go when there is nothing to do. */
    private static final int ASKING_AGENTS = 32;

    private static final Duration LONGEST_AGENT_CALL = Duration.ofMinutes(1);
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor ringing = pool("ring", RINGING);
    private final ThreadPoolExecutor following = pool("follow", FOLLOWING);
    private final ThreadPoolExecutor preparing = pool("prepare", PREPARING);
    private final AgentCalls agents =
            new AgentCalls(pool("agent", ASKING_AGENTS), LONGEST_AGENT_CALL, (time, ring) -> Timer.get()
                    .schedule(ring, time.toMillis(), TimeUnit.MILLISECONDS));

    /** Runs a gate's decisions, one after another. Nothing that runs there may wait for anything. */
    Executor forDecisions() {
        return new SingleLaneExecutorService(ringing);
    }

    /** Writes down what happens in a gate, in order: logs, pages, the step's end. */
    Executor forFollowing() {
        return new SingleLaneExecutorService(following);
    }

    /** Writes the journal. */
    Executor forJournal() {
        return following;
    }

    /** Asks agents, which may hang. */
    AgentCalls forAgents() {
        return agents;
    }

    /** Reads files of this machine, opens connections, and clears up; asks no agent. */
    Executor forPreparing() {
        return preparing;
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "chaos-gate-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
