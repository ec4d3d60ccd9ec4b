package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.gate.port.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects what preflight sees, each thing once, so that everything wrong can be said together. */
final class Findings {

    private final List<Finding> list = new ArrayList<>();

    void ok(String topic, String text) {
        add(Finding.ok(topic, text));
    }

    void warning(String topic, String text) {
        add(Finding.warning(topic, text));
    }

    void error(String topic, String text) {
        add(Finding.error(topic, text));
    }

    List<Finding> list() {
        return List.copyOf(list);
    }

    boolean stopTheGate() {
        return list.stream().anyMatch(Finding::stopsTheGate);
    }

    private void add(Finding finding) {
        if (!list.contains(finding)) {
            list.add(finding);
        }
    }
}
