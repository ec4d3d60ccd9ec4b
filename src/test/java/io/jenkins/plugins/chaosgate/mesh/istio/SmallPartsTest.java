package io.jenkins.plugins.chaosgate.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small pure functions: names, ports, hosts, comparisons. */
class SmallPartsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"name": "http", "port": 80}                                | HTTP
            {"name": "HTTP2-web", "port": 80}                           | HTTP
            {"name": "grpc-web-x", "port": 80}                          | HTTP
            {"name": "grpc", "port": 80}                                | GRPC
            {"name": "grpc-calc", "port": 80}                           | GRPC
            {"name": "grpcx", "port": 80}                               | UNDECLARED
            {"name": "web", "port": 80}                                 | UNDECLARED
            {"port": 3306}                                              | OTHER
            {"name": "http", "port": 3306}                              | HTTP
            {"name": "https", "port": 443}                              | OTHER
            {"name": "tcp-x", "port": 80}                               | OTHER
            {"name": "http", "port": 80, "protocol": "UDP"}             | OTHER
            {"name": "tcp", "appProtocol": "http", "port": 80}          | HTTP
            {"name": "http", "appProtocol": "tcp", "port": 80}          | OTHER
            {"appProtocol": "kubernetes.io/h2c", "port": 80}            | HTTP
            {"appProtocol": "kubernetes.io/wss", "port": 80}            | OTHER
            """)
    void portsSayWhatTheySpeak(String port, PortProtocol expected) {
        assertThat(PortProtocol.of(Json.parse(port))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            reviews-v2-5d8f-x2 | ReplicaSet  | reviews-v2-5d8f  | pod-template-hash: 5d8f          | reviews-v2
            reviews-v2-5d8f-x2 | ReplicaSet  | reviews-v2-5d8f  | rollouts-pod-template-hash: 5d8f | reviews-v2
            reviews-v2-5d8f-x2 | ReplicaSet  | by-hand          | pod-template-hash: 5d8f          | by-hand
            db-0               | StatefulSet | db               | app: db                          | db
            backup-28000000-a  | Job         | backup-28000000  | app: b                           | backup
            once-a             | Job         | once             | app: b                           | once
            """)
    void workloadsAreNamedAfterWhatOwnsThem(String pod, String kind, String owner, String labels, String expected) {
        String[] label = labels.split(": ");
        assertThat(WorkloadName.of(Json.parse(
                        """
                        {"metadata": {"name": "%s", "labels": {"%s": "%s"},
                          "ownerReferences": [{"kind": "Other", "name": "no"},
                                              {"kind": "%s", "name": "%s", "controller": true}]}}
                        """
                                .formatted(pod, label[0], label[1], kind, owner))))
                .isEqualTo(expected);
    }

    @Test
    void aPodOnItsOwnAndOneWhoseProxyWasToldItsName() {
        assertThat(WorkloadName.of(Json.parse("{\"metadata\": {\"name\": \"alone\"}}")))
                .isEqualTo("alone");
        assertThat(
                        WorkloadName.of(
                                Json.parse(
                                        """
                        {"metadata": {"name": "x-1"}, "spec": {"initContainers": [{"name": "istio-proxy",
                         "env": [{"name": "A"}, {"name": "ISTIO_META_WORKLOAD_NAME", "value": "told"}]}]}}
                        """)))
                .isEqualTo("told");
    }

    @ParameterizedTest
    @CsvSource({
        "ratings, true",
        "ratings.bookinfo.svc.cluster.local, true",
        "*, true",
        "*.bookinfo.svc.cluster.local, true",
        "*.svc.cluster.local, true",
        "*.other.svc.cluster.local, false",
        "details, false",
        "ratings.bookinfo, false"
    })
    void hostsStandForServices(String host, boolean expected) {
        assertThat(Hosts.stands(host, "bookinfo", "ratings.bookinfo.svc.cluster.local"))
                .isEqualTo(expected);
    }

    @Test
    void comparisonToleratesDefaultsAndSpellingsOfNumbers() {
        assertThat(Json.contains(Json.parse("{\"a\": [1.0], \"b\": 2}"), Json.parse("{\"a\": [1]}")))
                .isTrue();
        assertThat(Json.contains(Json.parse("{\"a\": [1, 2]}"), Json.parse("{\"a\": [1]}")))
                .isFalse();
        assertThat(Json.contains(Json.parse("{\"a\": [2]}"), Json.parse("{\"a\": [1]}")))
                .isFalse();
        assertThat(Json.contains(Json.parse("{\"a\": \"1\"}"), Json.parse("{\"a\": 1}")))
                .isFalse();
        assertThat(Json.contains(Json.parse("{\"a\": 1}"), Json.parse("{\"a\": {\"b\": 1}}")))
                .isFalse();
        assertThat(Json.contains(Json.parse("{\"a\": 1}"), Json.parse("{\"a\": []}")))
                .isFalse();
        assertThatThrownBy(() -> Json.parse("[]")).hasMessageContaining("not a JSON object");
        assertThatThrownBy(() -> Json.parse("{")).hasMessageContaining("not a JSON object");
    }

    @Test
    void durationsAreWrittenInSeconds() {
        assertThat(HttpFault.seconds(Duration.ofMillis(1))).isEqualTo("0.001s");
        assertThat(HttpFault.seconds(Duration.ofSeconds(120))).isEqualTo("120s");
        assertThat(HttpFault.seconds(Duration.ofSeconds(10))).isEqualTo("10s");
    }

    @Test
    void aMessageWithAValueThatEnvoyRejectsIsNotWritten() {
        HttpDelay none = new HttpDelay(Bookinfo.calls("ratings"), Duration.ofNanos(999_999));
        assertThatThrownBy(() -> HttpFault.message(List.of(none), Optional.empty()))
                .hasMessageContaining("1ms to 1h");
        assertThatThrownBy(() -> IstioFault.of(List.of(none))).hasMessageContaining("1ms to 1h");
    }

    @Test
    void aPlacementWithoutSelectorOrPortsIsRefused() {
        assertThatThrownBy(() -> new Placement(
                        0,
                        Bookinfo.abort(Bookinfo.calls("ratings")),
                        Map.of(),
                        List.of(),
                        false,
                        "h",
                        List.of(80),
                        Optional.empty(),
                        Set.of()))
                .hasMessageContaining("needs a selector");
    }
}
