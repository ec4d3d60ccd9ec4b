package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Envoy's {@code HTTPFault} message for the faults that meet on one virtual host; pure functions. */
final class HttpFault {

    static final String FILTER = "envoy.filters.http.fault";
    static final String TYPE = "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault";

    private HttpFault() {}

    /**
     * Why these faults cannot be in one message, which is all that a virtual host can carry; empty where they can. One
     * abort, one delay and one bandwidth limit fit, each with a percentage of its own, but headers and cap are shared.
     */
    static Optional<String> conflict(List<Fault> faults) {
        for (int i = 0; i < faults.size(); i++) {
            for (int j = i + 1; j < faults.size(); j++) {
                Scope a = faults.get(i).scope();
                Scope b = faults.get(j).scope();
                if (slot(faults.get(i)).equals(slot(faults.get(j)))) {
                    return Optional.of("only one abort, one delay and one bandwidth limit fit there");
                }
                if (!a.headers().equals(b.headers()) || !a.maxActive().equals(b.maxActive())) {
                    return Optional.of("they differ in headers or maxActive, which one proxy can only have once");
                }
            }
        }
        return Optional.empty();
    }

    /** The message; the faults are known not to conflict, and all are meant for the same upstream cluster. */
    static ObjectNode message(List<Fault> faults, Optional<String> upstreamCluster) {
        ObjectNode message = Json.object().put("@type", TYPE);
        for (Fault fault : faults) {
            List<String> problems = FaultCheck.problems(fault);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(fault.kind() + ": " + String.join("; ", problems));
            }
            put(message, fault);
        }
        Scope scope = faults.get(0).scope();
        if (!scope.headers().isEmpty()) {
            ArrayNode headers = message.putArray("headers");
            scope.headers().forEach((name, value) -> headers.addObject()
                    .put("name", name.toLowerCase(Locale.ROOT))
                    .putObject("string_match")
                    .put("exact", value));
        }
        scope.maxActive().ifPresent(most -> message.put("max_active_faults", most));
        upstreamCluster.ifPresent(cluster -> message.put("upstream_cluster", cluster));
        return message;
    }

    /** A duration as protobuf's JSON has it, in seconds: {@code 0.25s}. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
    }

    private static void put(ObjectNode message, Fault fault) {
        ObjectNode part = message.putObject(slot(fault));
        if (fault instanceof HttpAbort abort) {
            part.put("http_status", abort.status());
        } else if (fault instanceof GrpcAbort abort) {
            part.put("grpc_status", abort.status());
        } else if (fault instanceof HttpDelay delay) {
            part.put("fixed_delay", seconds(delay.delay()));
        } else if (fault instanceof BandwidthLimit limit) {
            part.putObject("fixed_limit").put("limit_kbps", limit.kibibytesPerSecond());
        }
        part.set("percentage", percentage(fault.scope().percentage()));
    }

    private static ObjectNode percentage(Percentage percentage) {
        return Json.object().put("numerator", percentage.millionths()).put("denominator", "MILLION");
    }

    /** The field that holds it: an HTTP and a gRPC abort share one. */
    private static String slot(Fault fault) {
        if (fault instanceof HttpDelay) {
            return "delay";
        }
        return fault instanceof BandwidthLimit ? "response_rate_limit" : "abort";
    }
}
