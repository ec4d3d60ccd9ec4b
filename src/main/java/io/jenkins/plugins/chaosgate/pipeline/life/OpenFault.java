package io.jenkins.plugins.chaosgate.pipeline.life;

import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.util.List;

/**
 * A change of a gate that is over, which may still be in a cluster; as an administrator sees it. No part is null.
 *
 * @param key tells it from all others
 * @param cluster the name of the target
 * @param object what is, or may be, there
 * @param origin the build whose gate made it
 * @param since when it was made
 * @param trouble why it could not be taken out
 * @param undoCommands what a person would run to take it out by hand; empty where nobody knows
 */
public record OpenFault(
        String key,
        String cluster,
        String object,
        String origin,
        String since,
        String trouble,
        List<String> undoCommands) {

    public OpenFault {
        undoCommands = List.copyOf(undoCommands);
    }

    static OpenFault of(JournalEntry entry, String trouble, List<String> undoCommands) {
        return new OpenFault(
                key(entry),
                entry.cluster(),
                entry.change().object().toString(),
                entry.ticket().origin(),
                entry.openedAt().toString(),
                trouble,
                undoCommands);
    }

    static OpenFault unreadable(FileJournal.Unreadable file) {
        return new OpenFault(
                file.file().toString(),
                "",
                String.valueOf(file.file().getFileName()),
                "",
                "",
                "this entry of the journal cannot be read (" + file.why()
                        + "): run chaos-gate sweep on the clusters in question, then delete the file",
                List.of());
    }

    static String key(JournalEntry entry) {
        return entry.cluster() + " " + entry.ticket().id() + " "
                + entry.change().object();
    }
}
