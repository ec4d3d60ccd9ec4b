package io.jenkins.plugins.chaosgate.pipeline.life;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * How the experiment of a gate comes here: from its step, or from an agent, which may hang. An agent that hangs holds none of
 * the threads on which gates begin.
 */
final class ExperimentReading {

    /** What came: the experiment, or why there is none. */
    interface Result {
        Experiment get() throws IOException, InterruptedException;
    }

    private final ExperimentSource source;
    private final AgentCalls agents;
    private final Executor beginning;
    /** What an agent is asked; null before, and where none is. */
    private CompletableFuture<Experiment> asked;

    private String stoppedBecause;

    ExperimentReading(ExperimentSource source, AgentCalls agents, Executor beginning) {
        this.source = source;
        this.agents = agents;
        this.beginning = beginning;
    }

    /** Goes on with what came: on this thread where no agent is asked, else where gates begin. */
    void start(Consumer<Result> then) {
        if (!source.asksAgent()) {
            then.accept(source::experiment);
            return;
        }
        CompletableFuture<Experiment> answer = agents.call("reading the experiment's file", source::experiment);
        answer.whenCompleteAsync((experiment, failure) -> then.accept(() -> resultOf(answer)), beginning);
        asking(answer);
    }

    private synchronized void asking(CompletableFuture<Experiment> answer) {
        asked = answer;
        if (stoppedBecause != null) {
            answer.completeExceptionally(new IOException(stoppedBecause));
        }
    }

    /** Nobody wants the experiment any more; without effect once it is there. */
    synchronized void stop(String why) {
        stoppedBecause = why;
        if (asked != null) {
            asked.completeExceptionally(new IOException(why));
        }
    }

    private static Experiment resultOf(CompletableFuture<Experiment> answer) throws IOException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            Throwable why = failed.getCause();
            if (why instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw why instanceof IOException said ? said : new IOException(why);
        }
    }
}
