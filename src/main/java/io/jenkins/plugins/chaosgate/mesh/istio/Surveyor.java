package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.ServiceThreshold;
import io.jenkins.plugins.chaosgate.mesh.cluster.Cluster;
import io.jenkins.plugins.chaosgate.mesh.cluster.ClusterException;
import io.jenkins.plugins.chaosgate.mesh.cluster.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from a cluster what preflight has to know. Blocks while it reads; changes nothing. */
final class Surveyor {

    /** Where a mesh keeps what holds for all of it, unless it was told otherwise. */
    static final String ROOT_NAMESPACE = "istio-system";

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Cluster cluster;
    private final PermissionCheck permissions;
    private final Findings findings;
    private boolean blind;

    Surveyor(Cluster cluster, PermissionCheck permissions, Findings findings) {
        this.cluster = cluster;
        this.permissions = permissions;
        this.findings = findings;
    }

    /** What the cluster shows; empty where something needed could not be read, which findings then say. */
    Optional<Survey> read(Experiment experiment, IstioTypes types) {
        try {
            boolean mesh = checkMesh(types);
            boolean namespace = checkNamespace(experiment.target().namespace());
            if (!mesh || !namespace) {
                return Optional.empty();
            }
            Survey survey = readAll(experiment, types);
            return blind ? Optional.empty() : Optional.of(survey);
        } catch (ClusterException failure) {
            findings.error("cluster", failure.getMessage());
            return Optional.empty();
        }
    }

    private boolean checkMesh(IstioTypes types) {
        List<String> missing = Stream.of(IstioTypes.ENVOY_FILTER, IstioTypes.VIRTUAL_SERVICE)
                .filter(kind -> types.find(kind).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            findings.error(
                    "mesh",
                    "the cluster does not serve " + String.join(" and ", missing) + " of " + IstioTypes.GROUP
                            + ": install Istio, or choose the cluster that has it");
        }
        return missing.isEmpty();
    }

    private boolean checkNamespace(String namespace) {
        try {
            if (cluster.get(ResourceType.NAMESPACE, "", namespace).isPresent()) {
                return true;
            }
            findings.error("namespace", "namespace " + namespace + " does not exist: correct target.namespace");
            return false;
        } catch (ClusterException failure) {
            if (failure.status() == FORBIDDEN) {
                // An account of one namespace may not read namespaces; a missing one will show as a missing canary.
                return true;
            }
            throw failure;
        }
    }

    private Survey readAll(Experiment experiment, IstioTypes types) {
        String namespace = experiment.target().namespace();
        List<ObjectNode> pods = list(ResourceType.POD, namespace);
        List<ObjectNode> entries = types.find(IstioTypes.WORKLOAD_ENTRY)
                .map(type -> list(type, namespace))
                .orElse(List.of());
        Set<ServiceName> named = named(experiment);
        Map<ServiceName, MeshService> services = services(namespace, named);
        Set<String> namespaces = Stream.concat(
                        Stream.of(namespace, ROOT_NAMESPACE), named.stream().map(ServiceName::namespace))
                .collect(Collectors.toCollection(TreeSet::new));
        Survey survey = new Survey(
                experiment.target(),
                types,
                Member.of(pods, entries),
                CanaryPodsReader.of(experiment.target(), pods, entries),
                services,
                listWidely(types, IstioTypes.VIRTUAL_SERVICE, namespace, namespaces),
                listWidely(types, IstioTypes.ENVOY_FILTER, namespace, namespaces),
                List.of(),
                List.of(),
                list(ResourceType.LEASE, namespace).stream()
                        .filter(lease -> Marks.gateOfObject(lease).isPresent())
                        .toList(),
                HttpRoutes.list(cluster, namespaces));
        return withDetails(survey, experiment, namespaces);
    }

    private Survey withDetails(Survey survey, Experiment experiment, Set<String> namespaces) {
        Set<ServiceName> own = survey.canaryServices();
        List<Fault> inbound = experiment.faults().stream()
                .filter(fault -> own.contains(fault.scope().to()))
                .toList();
        String home = survey.target().namespace();
        boolean atCallers =
                inbound.stream().anyMatch(fault -> !fault.scope().from().isEmpty());
        boolean atCanary =
                inbound.stream().anyMatch(fault -> fault.scope().from().isEmpty());
        return new Survey(
                survey.target(),
                survey.types(),
                survey.members(),
                survey.pods(),
                survey.services(),
                survey.virtualServices(),
                survey.envoyFilters(),
                atCallers ? listWidely(survey.types(), IstioTypes.DESTINATION_RULE, home, namespaces) : List.of(),
                experiment.isControlRun() ? List.of() : sidecars(survey.types(), home, atCanary),
                survey.locks(),
                survey.httpRoutes());
    }

    /** Those of the target's namespace and those for all of the mesh, as far as they may be read. */
    private List<ObjectNode> sidecars(IstioTypes types, String home, boolean areNeeded) {
        return types.find(IstioTypes.SIDECAR).stream()
                .flatMap(type -> Stream.of(home, ROOT_NAMESPACE).distinct().flatMap(namespace -> {
                    boolean needed = areNeeded && namespace.equals(home);
                    return (needed ? list(type, namespace) : listIfShown(type, namespace)).stream();
                }))
                .toList();
    }

    /** What the cluster shows of a kind that is good to know; nothing where it does not. */
    private List<ObjectNode> listIfShown(ResourceType type, String namespace) {
        try {
            return cluster.list(type, namespace, Map.of());
        } catch (ClusterException failure) {
            if (failure.status() == FORBIDDEN || failure.status() == NOT_FOUND) {
                return List.of();
            }
            throw failure;
        }
    }

    /** The services that are hurt or judged. */
    static Set<ServiceName> named(Experiment experiment) {
        return Stream.concat(
                        experiment.faults().stream().map(fault -> fault.scope().to()),
                        experiment.steadyState().stream()
                                .filter(ServiceThreshold.class::isInstance)
                                .map(threshold -> ((ServiceThreshold) threshold).of()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Map<ServiceName, MeshService> services(String namespace, Set<ServiceName> named) {
        Map<ServiceName, MeshService> services = new LinkedHashMap<>();
        list(ResourceType.SERVICE, namespace).stream()
                .map(MeshService::of)
                .forEach(service -> services.put(service.name(), service));
        named.stream()
                .filter(name -> !name.namespace().equals(namespace))
                .filter(name -> allowed(new Permission("get", ResourceType.SERVICE, name.namespace())))
                .forEach(name -> cluster.get(ResourceType.SERVICE, name.namespace(), name.name())
                        .ifPresent(object -> services.put(name, MeshService.of(object))));
        return services;
    }

    /** Everywhere, so that nothing that concerns a host is missed; where that is not allowed, at home and in these. */
    private List<ObjectNode> listWidely(IstioTypes types, String kind, String home, Set<String> namespaces) {
        Optional<ResourceType> type = types.find(kind);
        if (type.isEmpty()) {
            return List.of();
        }
        if (permissions.isAllowed(new Permission("list", type.get(), ""))) {
            return cluster.list(type.get(), "", Map.of());
        }
        List<String> readable = namespaces.stream()
                .filter(namespace -> namespace.equals(home)
                        ? allowed(new Permission("list", type.get(), home))
                        : permissions.isAllowed(new Permission("list", type.get(), namespace)))
                .toList();
        findings.warning(
                "permissions",
                "may not list " + type.get().resource() + " in all namespaces: only those in "
                        + String.join(", ", readable) + " were looked at");
        return readable.stream()
                .flatMap(namespace -> cluster.list(type.get(), namespace, Map.of()).stream())
                .toList();
    }

    private List<ObjectNode> list(ResourceType type, String namespace) {
        return allowed(new Permission("list", type, namespace)) ? cluster.list(type, namespace, Map.of()) : List.of();
    }

    private boolean allowed(Permission permission) {
        boolean allowed = permissions.require(permission);
        blind |= !allowed;
        return allowed;
    }
}
