package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;

/**
 * What is outside: a mesh, a Prometheus, time. The one place where the command line meets them; opened only once the
 * experiment is known to be valid, since to load all that takes a while.
 */
interface World extends AutoCloseable {

    /**
     * The faults of a cluster's mesh.
     *
     * @throws UsageException where the address cannot be used
     */
    FaultInjector mesh(ClusterAddress address);

    /**
     * The numbers for one experiment.
     *
     * @throws UsageException where the address cannot be used
     */
    MetricSource metrics(PrometheusAddress address, Experiment experiment);

    GateClock clock();

    /** Lets go of threads and connections. */
    @Override
    void close();
}
