/**
 * The Kubernetes API of the quick bed: fabric8's in-process server as the store and the watch, and in front of it what a
 * real API server does and that one does not (discovery, dry runs, preconditions, refusals as {@code Status} objects).
 * It has no controllers, no garbage collection, no authorization and no schemas; a watch needs a WebSocket.
 */
package io.jenkins.plugins.chaosgate.testbed.quick.api;
