/** The Kubernetes API: how a client of it is built, and the few calls that a mesh driver makes, on JSON objects. */
package io.jenkins.plugins.chaosgate.mesh.cluster;
