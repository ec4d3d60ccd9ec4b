package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Labels;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds faults that cannot be in at the same time. A route of Envoy's carries one configuration of the fault filter:
 * one abort, one delay and one bandwidth limit, under the same headers and the same cap.
 */
final class FaultConflicts {

    private static final String WHY = "since a route of the proxy carries one fault configuration";

    private FaultConflicts() {}

    /** Notes each fault that collides with an earlier one. */
    static void check(List<Located<Fault>> faults, Map<String, String> canary, Values values) {
        for (int later = 1; later < faults.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                check(faults.get(earlier), faults.get(later), canary, values);
            }
        }
    }

    private static void check(Located<Fault> earlier, Located<Fault> later, Map<String, String> canary, Values values) {
        Scope first = earlier.value().scope();
        Scope second = later.value().scope();
        if (!shareARoute(first, second, canary)) {
            return;
        }
        reason(earlier.value(), later.value())
                .ifPresent(expected -> values.wrong(
                        later, "found a fault on the same calls as " + earlier.path(), expected + ", " + WHY));
    }

    private static Optional<String> reason(Fault earlier, Fault later) {
        if (slot(earlier).equals(slot(later))) {
            return Optional.of("at most one " + slot(later) + " from one caller to one service and port");
        }
        if (!earlier.scope().headers().equals(later.scope().headers())) {
            return Optional.of("the same headers on both");
        }
        if (!earlier.scope().maxActive().equals(later.scope().maxActive())) {
            return Optional.of("the same maxActive on both");
        }
        return Optional.empty();
    }

    private static String slot(Fault fault) {
        return fault instanceof HttpAbort || fault instanceof GrpcAbort ? "abort" : fault.kind();
    }

    private static boolean shareARoute(Scope first, Scope second, Map<String, String> canary) {
        return first.to().equals(second.to())
                && meet(first.port(), second.port())
                && meet(callers(first, canary), callers(second, canary));
    }

    /** A fault without a port is on every port. */
    private static boolean meet(OptionalInt first, OptionalInt second) {
        return first.isEmpty() || second.isEmpty() || first.equals(second);
    }

    /** Where one selector holds the other, whatever the narrower one selects is selected by both. */
    private static boolean meet(Map<String, String> first, Map<String, String> second) {
        return Labels.match(first, second) || Labels.match(second, first);
    }

    private static Map<String, String> callers(Scope scope, Map<String, String> canary) {
        return scope.from().isEmpty() ? canary : scope.from();
    }
}
