package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.experiment.Units;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an administrator lets experiments do to one target.
 *
 * @param namespaces names of namespaces, the only ones that may be touched; a star at the end stands for any ending
 * @param maxLease the longest lease of a guard
 * @param unguarded whether faults may go in that nothing takes out should Jenkins die
 * @param webhooks where webhook thresholds may ask
 * @param promql whether experiments may have queries of their own
 * @param canaryRollback whether gates may roll the canary itself back, which changes what is the user's
 * @param watch how much may be asked for how long
 */
record TargetLimits(
        List<String> namespaces,
        Duration maxLease,
        boolean unguarded,
        WebhookHosts webhooks,
        boolean promql,
        boolean canaryRollback,
        WatchLimits watch) {

    TargetLimits {
        namespaces = List.copyOf(namespaces);
        Objects.requireNonNull(maxLease, "maxLease");
        Objects.requireNonNull(webhooks, "webhooks");
        Objects.requireNonNull(watch, "watch");
    }

    /** Everything that the experiment wants and may not have, in words; empty if there is nothing. Does no I/O. */
    List<String> refusals(Experiment experiment) {
        List<String> refusals = new ArrayList<>();
        namespacesOf(experiment).stream()
                .filter(namespace -> !allowsNamespace(namespace))
                .forEach(namespace ->
                        refusals.add("the namespace " + Quote.of(namespace) + " is not one of its namespaces ("
                                + (namespaces.isEmpty() ? "it has none" : String.join(", ", namespaces)) + ")"));
        refuseGuard(experiment, refusals);
        refuseCanaryRollback(experiment, refusals);
        refusals.addAll(watch.refusals(experiment));
        experiment.steadyState().forEach(threshold -> refuseThreshold(threshold, refusals));
        return refusals;
    }

    private boolean allowsNamespace(String namespace) {
        return namespaces.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? namespace.startsWith(allowed.substring(0, allowed.length() - 1))
                        : namespace.equals(allowed));
    }

    private static Set<String> namespacesOf(Experiment experiment) {
        Set<String> namespaces = new TreeSet<>(Set.of(experiment.target().namespace()));
        experiment.faults().forEach(fault -> namespaces.add(fault.scope().to().namespace()));
        experiment.steadyState().forEach(threshold -> {
            if (threshold instanceof ServiceThreshold service) {
                namespaces.add(service.of().namespace());
            }
        });
        return namespaces;
    }

    private void refuseGuard(Experiment experiment, List<String> refusals) {
        if (!experiment.isGuarded()) {
            if (!unguarded && !experiment.isControlRun()) {
                refusals.add("faults without a guard (guard: none, or a VirtualService's own) are not allowed; use"
                        + " mechanism: envoyFilter and guard: job");
            }
        } else if (experiment.guard().lease().compareTo(maxLease) > 0) {
            refusals.add("the lease is " + Units.duration(experiment.guard().lease()) + ", and the longest allowed is "
                    + Units.duration(maxLease));
        }
    }

    /** Also for a control run, which rolls back just the same. */
    private void refuseCanaryRollback(Experiment experiment, List<String> refusals) {
        if (experiment.canaryRollback().isAsked() && !canaryRollback) {
            refusals.add("rolling the canary back (canaryRollback: "
                    + experiment.canaryRollback().kind().word() + ") is not allowed, because it changes what is yours;"
                    + " leave canaryRollback out, or have \"Allow gates to roll canaries back\" of the target turned on"
                    + " (canaryRollbackAllowed)");
        }
    }

    private void refuseThreshold(Threshold threshold, List<String> refusals) {
        if (threshold instanceof PromQl && !promql) {
            refusals.add("the threshold " + Quote.of(threshold.title())
                    + " is a query of its own (promql), which is not allowed; use errorRate, latency, throughput or"
                    + " failedRequests");
        }
        if (threshold instanceof Webhook webhook && !webhooks.allows(webhook.url())) {
            refusals.add("the threshold " + Quote.of(threshold.title()) + " asks "
                    + Quote.of(String.valueOf(webhook.url().getHost())) + " at port " + WebhookHosts.port(webhook.url())
                    + ", which is not one of its webhook hosts ("
                    + webhooks + ")");
        }
    }
}
