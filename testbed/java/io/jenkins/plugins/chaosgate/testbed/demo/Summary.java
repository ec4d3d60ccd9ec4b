package io.jenkins.plugins.chaosgate.testbed.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The end of the demo in a few lines: what a newcomer has just seen, and whether all was as it had to be.
 *
 * @param leftovers what the gates left in the cluster; empty when they left nothing
 * @param calm whether the canaries' calls to ratings go through again
 */
record Summary(List<Outcome> outcomes, List<String> leftovers, boolean calm) {

    Summary {
        outcomes = List.copyOf(outcomes);
        leftovers = List.copyOf(leftovers);
    }

    /** What is not as it had to be; empty when the demo showed what it promises. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        outcomes.forEach(outcome -> complaints.addAll(outcome.complaints()));
        leftovers.forEach(object -> complaints.add("left in the cluster: " + object));
        if (!calm) {
            complaints.add("a canary's calls to ratings still fail after the gates");
        }
        return complaints;
    }

    /** The lines, without line breaks. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "What you have just seen: two releases of reviews were about to be promoted. For each, a gate failed all calls to");
        lines.add("ratings on purpose, for that release alone, and watched what its callers got.");
        outcomes.forEach(outcome -> lines.addAll(lines(outcome)));
        List<String> complaints = complaints();
        if (complaints.isEmpty()) {
            lines.add(
                    "Both faults are out, nothing of the gates is left in the cluster, and calls to ratings go through again.");
            lines.add("What would have broken production was stopped at the gate; what holds may go on.");
        } else {
            lines.add("But not all was as it had to be:");
            complaints.forEach(complaint -> lines.add("  " + complaint));
        }
        return lines;
    }

    private static List<String> lines(Outcome outcome) {
        String who = "  reviews " + outcome.chapter().version() + "  ";
        String indent = " ".repeat(who.length());
        if (outcome.verdict().isEmpty()) {
            return List.of(who + "no report, exit status " + outcome.exitStatus());
        }
        String time = outcome.underFault()
                .map(in -> String.format(Locale.ROOT, "%.1f s", in.toMillis() / 1000.0))
                .orElse("a time that is not known");
        return List.of(
                "%s%s, exit status %d, after %s under the fault, which hurt %d of its calls"
                        .formatted(who, outcome.verdict(), outcome.exitStatus(), time, outcome.hurt()),
                indent + outcome.reason(),
                indent + outcome.page());
    }
}
