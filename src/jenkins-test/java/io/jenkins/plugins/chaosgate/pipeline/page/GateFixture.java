package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.model.Run;
import io.jenkins.plugins.chaosgate.gate.memory.GateLog;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.report.Story;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;

/** Leaves in a build what a gate would leave there. */
final class GateFixture {

    private GateFixture() {}

    /** The log and the entry of a gate; the entry ends where the story does. */
    static void leave(Run<?, ?> run, String id, Story story) throws IOException {
        GatesAction action = GatesAction.of(run);
        action.began(id, story.experiment.name(), "staging");
        log(run, id, story);
        story.tell(event -> {
            if (event instanceof GateEvent.Finished finished) {
                action.ended(id, finished.verdict());
            }
        });
    }

    /** One more thing happens in a gate that was left running. */
    static void goOn(Run<?, ?> run, String id, GateEvent event) throws IOException {
        try (GateLog log = GateLog.goOn(GateFiles.file(run, id))) {
            log.on(event);
        }
    }

    /** Only what the build remembers. */
    static void leaveEntry(Run<?, ?> run, String id, Verdict verdict) {
        GatesAction.of(run).began(id, "reviews survives", "staging");
        GatesAction.of(run).ended(id, verdict);
    }

    private static void log(Run<?, ?> run, String id, Story story) throws IOException {
        GateTicket ticket = new GateTicket(id, story.ticket.origin(), story.ticket.since(), story.ticket.until());
        try (GateLog log = GateLog.begin(GateFiles.file(run, id), ticket, story.experiment)) {
            story.tell(log);
        }
    }
}
