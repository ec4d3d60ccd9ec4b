package io.jenkins.plugins.chaosgate.cli;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.journal.FileJournal;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.GateClock;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import java.nio.file.Path;

/**
 * What is outside: a mesh, a Prometheus, time. The one place where the command line meets them; opened only once the
 * experiment is known to be valid, since to load all that takes a while.
 */
interface World extends AutoCloseable {

    /**
     * The faults of a cluster's mesh.
     *
     * @param extra what the objects that are made there carry beside our own labels
     * @throws UsageException where the address cannot be used
     */
    FaultInjector mesh(ClusterAddress address, ExtraMetadata extra);

    /**
     * The numbers for one experiment.
     *
     * @throws UsageException where the address cannot be used
     */
    MetricSource metrics(PrometheusAddress address, Experiment experiment);

    /** What gates of this machine wrote down, of all clusters. */
    FileJournal journal(Path folder);

    /**
     * What the journal calls a cluster: the URL of its API server, so that it is the same whatever a kubeconfig calls it.
     *
     * @throws UsageException where the address cannot be used
     */
    String nameOf(ClusterAddress address);

    GateClock clock();

    /** Lets go of threads and connections. */
    @Override
    void close();
}
