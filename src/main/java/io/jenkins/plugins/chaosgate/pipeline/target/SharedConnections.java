package io.jenkins.plugins.chaosgate.pipeline.target;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.FaultInjector;
import io.jenkins.plugins.chaosgate.gate.port.MetricSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Connections that are open, one for each way into a target: fifty gates at once have one client. The last one to close
 * its connection closes what lies behind. A target that is changed, or credentials that are, get a new connection, while
 * gates that run keep theirs.
 */
final class SharedConnections {

    private final Function<TargetAccess, Connection> opening;
    private final Map<TargetAccess, Shared> open = new HashMap<>();

    SharedConnections(Function<TargetAccess, Connection> opening) {
        this.opening = opening;
    }

    /** A connection of the caller's own to what may be shared. */
    synchronized Connection open(TargetAccess access) {
        Shared shared = open.get(access);
        if (shared == null) {
            shared = new Shared(access, opening.apply(access));
            open.put(access, shared);
        }
        shared.users++;
        return new Lent(shared);
    }

    private void giveBack(Shared shared) {
        synchronized (this) {
            if (--shared.users > 0) {
                return;
            }
            open.remove(shared.access);
        }
        shared.connection.close();
    }

    /** How many are open now. */
    synchronized int size() {
        return open.size();
    }

    private static final class Shared {

        private final TargetAccess access;
        private final Connection connection;
        private int users;

        Shared(TargetAccess access, Connection connection) {
            this.access = access;
            this.connection = connection;
        }
    }

    /** One user's part of a connection. */
    private final class Lent implements Connection {

        private final Shared shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        Lent(Shared shared) {
            this.shared = shared;
        }

        @Override
        public FaultInjector mesh() {
            return shared.connection.mesh();
        }

        @Override
        public MetricSource metrics(Experiment experiment) {
            return shared.connection.metrics(experiment);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                giveBack(shared);
            }
        }
    }
}
