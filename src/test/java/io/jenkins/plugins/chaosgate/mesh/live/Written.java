package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects as gates write them, for attempts to begin with. */
final class Written {

    /** As a gate writes it, with the longest lease. */
    static final String GUARD =
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: chaos-gate-7f3a
              namespace: bookinfo
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: 7f3a}
              annotations: {chaos-gate.jenkins.io/origin: a test}
            spec:
              parallelism: 0
              completions: 0
              backoffLimit: 0
              ttlSecondsAfterFinished: 3601
              template:
                spec:
                  restartPolicy: Never
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: never-runs
                    image: never-runs:1
                    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """;

    /** As a gate writes it, with all that a fault can say. */
    static final String FAULT =
            """
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata:
              name: chaos-gate-7f3a-2
              namespace: bookinfo
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: 7f3a}
              annotations: {chaos-gate.jenkins.io/origin: a test}
              ownerReferences:
              - {apiVersion: batch/v1, kind: Job, name: chaos-gate-7f3a, uid: OWNER, blockOwnerDeletion: false}
            spec:
              workloadSelector: {labels: {app: reviews, version: v2}}
              configPatches:
              - applyTo: HTTP_ROUTE
                match:
                  context: SIDECAR_OUTBOUND
                  routeConfiguration: {vhost: {name: "ratings.bookinfo.svc.cluster.local:9080"}}
                patch:
                  operation: MERGE
                  value:
                    typed_per_filter_config:
                      envoy.filters.http.fault:
                        "@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault
                        abort: {http_status: 500, percentage: {numerator: 1000000, denominator: MILLION}}
                        delay: {fixed_delay: 0.25s, percentage: {numerator: 1, denominator: MILLION}}
                        response_rate_limit:
                          fixed_limit: {limit_kbps: 64}
                          percentage: {numerator: 500000, denominator: MILLION}
                        headers: [{name: x-tester, string_match: {exact: canary}}]
                        max_active_faults: 5
                        upstream_cluster: outbound|9080|v2|ratings.bookinfo.svc.cluster.local
            """
                    .replace("OWNER", "00000000-0000-0000-0000-000000000000");

    /** As a gate writes it. */
    static final String LOCK =
            """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata:
              name: chaos-gate-lock-0123456789ab
              namespace: bookinfo
              labels: {app.kubernetes.io/managed-by: chaos-gate, chaos-gate.jenkins.io/gate: 7f3a}
              annotations: {chaos-gate.jenkins.io/target: "app=reviews,version=v2"}
            spec:
              holderIdentity: gate 7f3a
              leaseDurationSeconds: 3615
              acquireTime: "2026-01-01T00:00:00.000000Z"
              renewTime: "2026-01-01T00:00:00.000000Z"
              leaseTransitions: 0
            """;

    /** No gate makes one. */
    static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: runs, namespace: bookinfo}
            spec:
              selector: {matchLabels: {app: runs}}
              template:
                metadata: {labels: {app: runs}}
                spec: {containers: [{name: x, image: "x:1"}]}
            """;

    private Written() {}

    /** One of these with one piece of its text replaced, which it must hold. */
    static String with(String object, String piece, String instead) {
        assertThat(object).contains(piece);
        return object.replace(piece, instead);
    }
}
