package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import java.util.List;
import java.util.OptionalInt;

/** Which ports of a service a fault is for. Pure functions; what stands in the way becomes a finding. */
final class PortChoice {

    private static final String TOPIC = "service";

    private PortChoice() {}

    /** The service's ports that the fault is for; none where a finding says why. */
    static List<JsonNode> of(MeshService service, Fault fault, Findings findings) {
        OptionalInt wanted = fault.scope().port();
        if (wanted.isEmpty()) {
            return fault instanceof GrpcAbort ? grpcPorts(service, findings) : httpPorts(service, findings);
        }
        List<JsonNode> ports = service.ports().stream()
                .filter(port -> port.path("port").asInt() == wanted.getAsInt())
                .toList();
        if (ports.isEmpty()) {
            findings.error(
                    TOPIC,
                    "service " + service.name() + " has no port " + wanted.getAsInt() + "; it has: "
                            + service.portList());
            return List.of();
        }
        PortProtocol protocol = PortProtocol.of(ports.get(0));
        if (fault instanceof GrpcAbort && protocol != PortProtocol.GRPC) {
            findings.error(TOPIC, notGrpc("port " + wanted.getAsInt() + " of service " + service.name()));
            return List.of();
        }
        if (protocol == PortProtocol.OTHER) {
            findings.error(
                    TOPIC,
                    "port " + wanted.getAsInt() + " of service " + service.name()
                            + " is not HTTP by its name or appProtocol, and only HTTP calls can be hurt");
            return List.of();
        }
        if (protocol == PortProtocol.UNDECLARED) {
            warnUndeclared(service, ports, findings);
        }
        return ports;
    }

    private static List<JsonNode> grpcPorts(MeshService service, Findings findings) {
        List<JsonNode> ports = service.ports().stream()
                .filter(port -> PortProtocol.of(port) == PortProtocol.GRPC)
                .toList();
        if (ports.isEmpty()) {
            findings.error(TOPIC, notGrpc("no port of service " + service.name() + " (" + service.portList() + ")"));
        }
        return ports;
    }

    private static List<JsonNode> httpPorts(MeshService service, Findings findings) {
        List<JsonNode> declared = service.ports().stream()
                .filter(port ->
                        PortProtocol.of(port) == PortProtocol.HTTP || PortProtocol.of(port) == PortProtocol.GRPC)
                .toList();
        if (!declared.isEmpty()) {
            return declared;
        }
        List<JsonNode> undeclared = service.ports().stream()
                .filter(port -> PortProtocol.of(port) == PortProtocol.UNDECLARED)
                .toList();
        if (undeclared.isEmpty()) {
            findings.error(
                    TOPIC,
                    "service " + service.name() + " has no HTTP port by name or appProtocol; its ports: "
                            + service.portList());
        } else {
            warnUndeclared(service, undeclared, findings);
        }
        return undeclared;
    }

    private static void warnUndeclared(MeshService service, List<JsonNode> ports, Findings findings) {
        findings.warning(
                TOPIC,
                "service " + service.name() + " does not say what port "
                        + String.join(
                                ", ",
                                ports.stream()
                                        .map(port -> port.path("port").asText())
                                        .toList())
                        + " speaks: the mesh has to guess that it is HTTP; name it http, or set its appProtocol");
    }

    private static String notGrpc(String what) {
        return (what.startsWith("no ") ? what + " is" : what + " is not")
                + " gRPC by name or appProtocol: a gRPC abort would answer plain HTTP calls with 200; use httpAbort, or name"
                + " the port grpc";
    }
}
