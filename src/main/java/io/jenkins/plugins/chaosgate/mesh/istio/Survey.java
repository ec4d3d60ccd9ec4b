package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.experiment.Target;
import io.jenkins.plugins.chaosgate.gate.port.CanaryPods;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that preflight read from a cluster.
 *
 * @param members the members of the mesh in the target's namespace
 * @param pods the canary's pods
 * @param services the services of the target's namespace and those that the experiment names
 * @param virtualServices those of all namespaces that could be read
 * @param envoyFilters those of all namespaces that could be read
 * @param locks the Leases by which gates hold targets of this namespace
 * @param destinationRules read only where a fault needs them
 * @param sidecars those of the target's namespace and of the mesh's root namespace; read only where there are faults
 * @param httpRoutes those of Services that could be read, of the Gateway API
 */
record Survey(
        Target target,
        IstioTypes types,
        List<Member> members,
        CanaryPods pods,
        Map<ServiceName, MeshService> services,
        List<ObjectNode> virtualServices,
        List<ObjectNode> envoyFilters,
        List<ObjectNode> destinationRules,
        List<ObjectNode> sidecars,
        List<ObjectNode> locks,
        List<ObjectNode> httpRoutes) {

    /** The domain of a cluster that was not told another. */
    private static final String USUAL_DOMAIN = "cluster.local";

    Survey {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(types, "types");
        members = List.copyOf(members);
        Objects.requireNonNull(pods, "pods");
        services = Map.copyOf(services);
        virtualServices = List.copyOf(virtualServices);
        envoyFilters = List.copyOf(envoyFilters);
        destinationRules = List.copyOf(destinationRules);
        sidecars = List.copyOf(sidecars);
        locks = List.copyOf(locks);
        httpRoutes = List.copyOf(httpRoutes);
    }

    /** The locks, of whichever gate, that may be about some of the canary's pods. */
    List<ObjectNode> locksOfCanary() {
        return locks.stream()
                .filter(lock -> LeaseWriter.mayMeet(target.canary(), lock))
                .toList();
    }

    List<Member> canary() {
        return selectedBy(target.canary());
    }

    List<Member> selectedBy(Map<String, String> labels) {
        return members.stream().filter(member -> member.selectedBy(labels)).toList();
    }

    /** The members behind a service; none for a service of another namespace. */
    List<Member> behind(ServiceName name) {
        MeshService service = services.get(name);
        return service == null || !name.namespace().equals(target.namespace())
                ? List.of()
                : members.stream().filter(service::selects).toList();
    }

    /** The cluster's domain, as the canary's proxies were told, or others. */
    String domain() {
        return Stream.concat(canary().stream(), members.stream())
                .flatMap(member -> member.domain().stream())
                .findFirst()
                .orElse(USUAL_DOMAIN);
    }

    /** The full name of a service's host. */
    String host(ServiceName service) {
        return service.host(domain());
    }

    /** The services whose selector at least one member of the canary fits. */
    Set<ServiceName> servicesOfCanary() {
        List<Member> canary = canary();
        return services.keySet().stream()
                .filter(name -> behind(name).stream().anyMatch(canary::contains))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those, and the services that callers name whose calls routes lead to one of those. */
    Set<ServiceName> canaryServices() {
        Set<ServiceName> own = servicesOfCanary();
        Set<String> hosts = own.stream().map(this::host).collect(Collectors.toSet());
        return services.keySet().stream()
                .filter(name -> own.contains(name)
                        || RouteEnds.of(this, host(name)).stream().anyMatch(hosts::contains))
                .collect(Collectors.toUnmodifiableSet());
    }
}
