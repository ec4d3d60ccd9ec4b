/**
 * The control plane of the quick bed, in istiod's stead: gives each Envoy the listeners, routes and clusters that istiod
 * would, with the EnvoyFilters of the cluster merged in, in files that Envoy watches. Of EnvoyFilters it knows
 * {@code MERGE} on {@code HTTP_ROUTE} and on the HTTP connection manager; it reads no VirtualServices, DestinationRules
 * or Sidecars and makes no subsets, certificates or gateways.
 */
package io.jenkins.plugins.chaosgate.testbed.quick.mesh;
