package io.jenkins.plugins.chaosgate.gate.port;

import java.util.List;
import java.util.Objects;

/**
 * How the cluster routes calls to the hosts that an experiment hurts or judges, as it was before the gate changed anything.
 *
 * @param hosts the full names of the hosts
 * @param places where objects that route these calls are looked for
 * @param marks the objects that were found
 */
public record Routing(List<String> hosts, List<Place> places, List<Mark> marks) {

    /** Nothing is known of it, and nothing is looked for. */
    public static final Routing UNKNOWN = new Routing(List.of(), List.of(), List.of());

    public Routing {
        hosts = List.copyOf(hosts);
        places = List.copyOf(places);
        marks = List.copyOf(marks);
    }

    /** All objects of one kind in one namespace. */
    public record Place(String apiVersion, String kind, String namespace) {
        public Place {
            Objects.requireNonNull(apiVersion, "apiVersion");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(namespace, "namespace");
        }

        /** Whether an object is one of these. */
        public boolean holds(ObjectRef object) {
            return object.kind().equals(kind) && object.namespace().equals(namespace);
        }
    }

    /**
     * An object as it was.
     *
     * @param fingerprint the same for as long as it routes calls in the same way
     */
    public record Mark(ObjectRef object, String fingerprint) {
        public Mark {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }
}
