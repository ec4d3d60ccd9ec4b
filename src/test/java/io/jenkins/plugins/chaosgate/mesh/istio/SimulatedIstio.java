package io.jenkins.plugins.chaosgate.mesh.istio;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The real injector on a clock of the test's. */
public final class SimulatedIstio {

    private SimulatedIstio() {}

    /**
     * @param nanoTime of a clock that only goes forward
     * @param later an executor whose tasks begin after that long
     */
    public static FaultInjector injector(
            KubernetesClient client, Executor calls, LongSupplier nanoTime, Function<Duration, Executor> later) {
        return new IstioFaultInjector(client, calls, nanoTime, ExtraMetadata.NONE, later);
    }
}
