package io.jenkins.plugins.chaosgate.mesh.live;

/** Experiments on Bookinfo, short enough for a test. */
final class Experiments {

    static final String SHORT_WATCH = "watch: {warmup: 3s, duration: 8s, interval: 1s, recovery: 20s, missingData: 6s}";

    private static final String TALK =
            """
            name: reviews %1$s survives a ratings outage
            target: {namespace: bookinfo, canary: {app: reviews, version: %1$s}}
            faults:
              - httpAbort: {to: ratings, status: 500, percentage: 100}
            steadyState:
              - failedRequests: {of: reviews, max: 10}
            %2$s
            """;

    private Experiments() {}

    /** The talk's: all calls of one version of reviews to ratings fail. */
    static String talk(String version) {
        return TALK.formatted(version, SHORT_WATCH);
    }

    /** One fault of the canary's, reviews v3, that is watched with a limit that it does not break, but could. */
    static String harmless(String fault) {
        return """
                name: a harmless fault
                target: {namespace: bookinfo, canary: {app: reviews, version: v3}}
                faults:
                  - %s
                steadyState:
                  - failedRequests: {of: reviews, max: 50}
                %s
                """
                .formatted(fault, SHORT_WATCH);
    }
}
