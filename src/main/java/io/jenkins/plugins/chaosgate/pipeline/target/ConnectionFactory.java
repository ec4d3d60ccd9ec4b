package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.Optional;

/** Connects to targets of one kind. */
public abstract class ConnectionFactory implements ExtensionPoint {

    /**
     * A connection to the target; empty where it is none of this factory's. May do I/O.
     *
     * @throws IOException where the target is one of this factory's and cannot be used; the message is free of secrets
     */
    public abstract Optional<Connection> connect(ClusterTarget target) throws IOException;

    /**
     * A connection to the target, by the first factory that knows it; the caller closes it. May do I/O, so it is not for
     * the thread that runs pipelines.
     *
     * @throws IOException where the target cannot be used; the message says why and is free of secrets
     */
    public static Connection open(ClusterTarget target) throws IOException {
        for (ConnectionFactory factory : ExtensionList.lookup(ConnectionFactory.class)) {
            Optional<Connection> connection = factory.connect(target);
            if (connection.isPresent()) {
                return connection.get();
            }
        }
        throw new IOException("nothing in this Jenkins can connect to the target " + target.getName());
    }
}
