package io.jenkins.plugins.chaosgate.mesh.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Labels and annotations that the objects of gates carry beside our own, because a cluster's policies ask for them: an owner,
 * a cost centre. They are on each object that a gate makes, from its creation on.
 */
public record ExtraMetadata(Map<String, String> labels, Map<String, String> annotations) {

    /** None. */
    public static final ExtraMetadata NONE = new ExtraMetadata(Map.of(), Map.of());

    private static final int MOST = 32;
    private static final int LONGEST_ANNOTATION = 1_024;
    private static final String OURS = "chaos-gate.jenkins.io";
    /** Labels of that prefix are for everybody to set. */
    private static final String SHARED = "app.kubernetes.io";

    private static final List<String> KUBERNETES = List.of("kubernetes.io", "k8s.io");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final int LONGEST_PREFIX = 253;

    /**
     * @throws IllegalArgumentException where Kubernetes would not take them, or they are ours or Kubernetes' own; the message
     *     names the first that is wrong
     */
    public ExtraMetadata {
        labels = copy(labels);
        annotations = copy(annotations);
        labels.forEach((key, value) -> {
            checkKey("label", key);
            if (!value.isEmpty() && !NAME.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "the label " + quoted(key) + " has the value " + quoted(value)
                                + ": expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends");
            }
        });
        annotations.forEach((key, value) -> {
            checkKey("annotation", key);
            if (value.length() > LONGEST_ANNOTATION) {
                throw new IllegalArgumentException(
                        "the annotation " + quoted(key) + " is longer than " + LONGEST_ANNOTATION + " characters");
            }
        });
    }

    private static Map<String, String> copy(Map<String, String> given) {
        if (given.size() > MOST) {
            throw new IllegalArgumentException(
                    "there are " + given.size() + " labels or annotations, more than " + MOST);
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    private static void checkKey(String what, String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean wellFormed = NAME.matcher(key.substring(slash + 1)).matches()
                && (slash < 0
                        || prefix.length() <= LONGEST_PREFIX
                                && PREFIX.matcher(prefix).matches());
        if (!wellFormed) {
            throw new IllegalArgumentException("the " + what + " " + quoted(key)
                    + " is no name that Kubernetes takes: expected one such as team or example.com/team");
        }
        boolean reserved = isIn(prefix, OURS)
                || key.equals(Marks.MANAGED_BY)
                || !prefix.equals(SHARED) && KUBERNETES.stream().anyMatch(domain -> isIn(prefix, domain));
        if (reserved) {
            throw new IllegalArgumentException("the " + what + " " + quoted(key)
                    + " is not for you to set: by it gates, or Kubernetes itself, know their own objects");
        }
    }

    private static boolean isIn(String prefix, String domain) {
        return prefix.equals(domain) || prefix.endsWith("." + domain);
    }

    private static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return '"' + (line.length() <= 80 ? line : line.substring(0, 80) + "…") + '"';
    }

    /** The same change with them, where it makes an object of ours; what is the user's is left as it is. */
    Change on(Change change) {
        if (change.edits() || labels.isEmpty() && annotations.isEmpty()) {
            return change;
        }
        ObjectNode body = Json.parse(change.body());
        put((ObjectNode) body.path("metadata"));
        // Policies for pods look at what pods are made from, too.
        if (!labels.isEmpty() && body.path("spec").path("template") instanceof ObjectNode template) {
            template.putObject("metadata").set("labels", Json.object(labels));
        }
        return new Change(change.gate(), change.object(), false, body.toString(), change.faults(), change.purpose());
    }

    /** Ours, which are there already, cannot be among them. */
    private void put(ObjectNode metadata) {
        labels.forEach(metadata.withObjectProperty("labels")::put);
        annotations.forEach(metadata.withObjectProperty("annotations")::put);
    }
}
