/**
 * Rolling a canary back, because the experiment asks for it: one class for each way. What a step holds names objects, digests
 * and revisions, never the text of a pod template, which may hold secrets.
 */
package io.jenkins.plugins.chaosgate.mesh.canary;
