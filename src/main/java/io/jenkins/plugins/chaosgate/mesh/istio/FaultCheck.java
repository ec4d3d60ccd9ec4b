package io.jenkins.plugins.chaosgate.mesh.istio;

import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The values that Envoy takes. One that it does not take makes it reject the whole route update of a workload, so they
 * are looked at here once more, however the experiment was read.
 */
final class FaultCheck {

    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final Pattern HEADER_NAME = Pattern.compile(":?[0-9A-Za-z!#$%&'*+.^_|~`-]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private FaultCheck() {}

    /** What is wrong with a fault; empty where nothing is. */
    static List<String> problems(Fault fault) {
        List<String> problems = new ArrayList<>();
        if (fault instanceof HttpAbort abort && (abort.status() < 200 || abort.status() > 599)) {
            problems.add("status must be 200 to 599, not " + abort.status());
        }
        if (fault instanceof GrpcAbort abort && (abort.status() < 1 || abort.status() > 16)) {
            problems.add("the gRPC status must be 1 to 16, not " + abort.status());
        }
        if (fault instanceof HttpDelay delay
                && (delay.delay().toMillis() < 1 || delay.delay().compareTo(LONGEST_DELAY) > 0)) {
            problems.add("delay must be 1ms to 1h, not " + delay.delay());
        }
        if (fault instanceof BandwidthLimit limit && limit.kibibytesPerSecond() < 1) {
            problems.add("the limit must be at least 1 KiB/s, not " + limit.kibibytesPerSecond());
        }
        fault.scope().maxActive().ifPresent(most -> {
            if (most < 1) {
                problems.add("maxActive must be at least 1, not " + most);
            }
        });
        fault.scope().headers().forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches()) {
                problems.add("\"" + CONTROL.matcher(name).replaceAll("?") + "\" is not the name of a header");
            }
            if (CONTROL.matcher(value).find()) {
                problems.add(
                        "the value of header " + CONTROL.matcher(name).replaceAll("?") + " holds control characters");
            }
        });
        return problems;
    }
}
