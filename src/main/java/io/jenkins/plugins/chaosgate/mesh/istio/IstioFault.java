package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Optional;

/** The {@code fault} of a VirtualService's route; pure functions. */
final class IstioFault {

    private IstioFault() {}

    /** Why a VirtualService cannot carry this fault; empty where it can. */
    static Optional<String> unsupported(Fault fault) {
        if (fault instanceof BandwidthLimit) {
            return Optional.of("a VirtualService cannot limit bandwidth");
        }
        return fault.scope().maxActive().isPresent()
                ? Optional.of("a VirtualService cannot cap simultaneous faults (maxActive)")
                : Optional.empty();
    }

    /** The {@code fault} for these faults, which are known to be supported and not to conflict. */
    static ObjectNode of(List<Fault> faults) {
        ObjectNode together = Json.object();
        for (Fault fault : faults) {
            List<String> problems = FaultCheck.problems(fault);
            unsupported(fault).ifPresent(problems::add);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(fault.kind() + ": " + String.join("; ", problems));
            }
            ObjectNode part;
            if (fault instanceof HttpDelay delay) {
                part = together.putObject("delay").put("fixedDelay", HttpFault.seconds(delay.delay()));
            } else if (fault instanceof GrpcAbort abort) {
                part = together.putObject("abort").put("grpcStatus", abort.statusName());
            } else {
                part = together.putObject("abort").put("httpStatus", ((HttpAbort) fault).status());
            }
            part.putObject("percentage").put("value", fault.scope().percentage().percent());
        }
        return together;
    }
}
