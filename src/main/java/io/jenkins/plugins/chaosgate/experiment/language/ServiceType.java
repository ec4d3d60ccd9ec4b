package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service: {@code ratings}, {@code ratings.bookinfo} or {@code ratings.bookinfo.svc.cluster.local}. */
final class ServiceType extends ScalarType<ServiceName> {

    private static final String PATTERN =
            PatternType.DNS_LABEL + "(\\." + PatternType.DNS_LABEL + "(\\.svc(\\." + PatternType.DNS_LABEL + ")*)?)?";
    private static final Pattern WRITTEN = Pattern.compile(PATTERN);
    private static final Pattern ELSEWHERE = Pattern.compile("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_-]+){2,}(:[0-9]{1,5})?");
    private static final Pattern WITH_PORT = Pattern.compile("(" + PATTERN + "):[0-9]{1,5}");

    ServiceType() {
        super("service", "a service, such as ratings or ratings.bookinfo");
    }

    @Override
    Parsed<ServiceName> parse(String text, Reading in) {
        if (WRITTEN.matcher(text).matches()) {
            String[] parts = text.split("\\.", 3);
            return Parsed.of(new ServiceName(parts[0], parts.length > 1 ? parts[1] : in.namespace()));
        }
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            return Parsed.wrong("a service without its port", withPort.group(1));
        }
        if (ELSEWHERE.matcher(text).matches()) {
            return Parsed.wrong(expected() + " (hosts outside the cluster cannot be hurt, nor judged)", "");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return WRITTEN.matcher(lower).matches() ? Parsed.wrongButNear(lower) : Parsed.wrong();
    }

    @Override
    JsonNode format(ServiceName value) {
        return Json.text(value.toString());
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(Json.string(PATTERN));
    }
}
