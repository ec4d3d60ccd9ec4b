package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.Leftover;
import io.jenkins.plugins.chaosgate.report.Clean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is left of a gate: written down in the journal, seen in the cluster, or both.
 *
 * @param entry how the journal tells of it
 * @param leftover how the cluster shows it
 */
record Remnant(Optional<JournalEntry> entry, Optional<Leftover> leftover) {

    /** What the journal lists, then what only the cluster shows; either in the order in which it is best taken out. */
    static List<Remnant> all(List<JournalEntry> entries, List<Leftover> leftovers) {
        List<Leftover> unlisted = new ArrayList<>(leftovers);
        List<Remnant> all = new ArrayList<>();
        for (JournalEntry entry : entries) {
            Optional<Leftover> seen = unlisted.stream()
                    .filter(leftover -> isSame(leftover.change(), entry.change()))
                    .findFirst();
            seen.ifPresent(unlisted::remove);
            all.add(new Remnant(Optional.of(entry), seen));
        }
        unlisted.forEach(leftover -> all.add(new Remnant(Optional.empty(), Optional.of(leftover))));
        return all;
    }

    private static boolean isSame(Change seen, Change written) {
        return seen.gate().equals(written.gate())
                && seen.object().equals(written.object())
                && seen.edits() == written.edits()
                && seen.purpose() == written.purpose();
    }

    /** How to take it out; the journal knows best what was there before. */
    Change change() {
        return entry.map(JournalEntry::change)
                .or(() -> leftover.map(Leftover::change))
                .orElseThrow();
    }

    /** Whether the cluster shows it. */
    boolean isIn() {
        return leftover.isPresent();
    }

    /**
     * {@code EnvoyFilter bookinfo/chaos-gate-7f3a (gate 7f3a, by me@host, since …, until …)}; where the object is the user's,
     * {@code the gate's routes in VirtualService bookinfo/ratings (…)}.
     */
    String words() {
        boolean isRoutes = change().edits() && !change().rollsCanaryBack();
        StringBuilder words = new StringBuilder(
                (isRoutes ? "the gate's routes in " : "") + change().object() + " (gate " + change().gate());
        leftover.ifPresentOrElse(
                seen -> add(words, seen.origin(), seen.since(), seen.until()), () -> entry.map(JournalEntry::ticket)
                        .ifPresent(ticket -> add(
                                words,
                                ticket.origin(),
                                ticket.since().toString(),
                                ticket.until().toString())));
        return Clean.line(words.append(")").toString());
    }

    private static void add(StringBuilder words, String origin, String since, String until) {
        Stream.of(new String[] {", by ", origin}, new String[] {", since ", since}, new String[] {", until ", until})
                .filter(pair -> !pair[1].isBlank())
                .forEach(pair -> words.append(pair[0]).append(pair[1]));
    }
}
