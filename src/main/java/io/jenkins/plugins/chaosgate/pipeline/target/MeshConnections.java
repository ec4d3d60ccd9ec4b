package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.Extension;
import java.io.IOException;
import java.util.Optional;

/** Connects to every target as to an Istio mesh with a Prometheus; asked last. */
@Extension(ordinal = -1000)
public final class MeshConnections extends ConnectionFactory {

    private final SharedConnections shared = new SharedConnections(MeshConnection::new);

    @Override
    public Optional<Connection> connect(ClusterTarget target) throws IOException {
        TargetAccess access = TargetAccess.of(target);
        try {
            return Optional.of(shared.open(access));
        } catch (IllegalArgumentException unusable) {
            throw new IOException(
                    "the target " + target.getName() + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
