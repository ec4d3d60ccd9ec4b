/**
 * Faults in an Istio mesh. What the cluster shows is read once into a {@code Survey}; what is to be done follows from it in
 * pure functions; {@code IstioFaultInjector} joins the two.
 */
package io.jenkins.plugins.chaosgate.mesh.istio;
