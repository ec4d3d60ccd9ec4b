package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An absolute http or https address without a user or a password, which would end up in logs. */
final class UrlType extends ScalarType<URI> {

    private static final int MOST = 2000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    UrlType() {
        super("url", "an http or https address, such as http://checks/checkout");
    }

    @Override
    Parsed<URI> parse(String text, Reading in) {
        try {
            URI url = new URI(text);
            if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
                return Parsed.wrong("an address without a user or a password: an experiment holds no secrets", "");
            }
            boolean right = text.length() <= MOST
                    && url.getScheme() != null
                    && SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    && url.getHost() != null;
            return right ? Parsed.of(url) : Parsed.wrong();
        } catch (URISyntaxException e) {
            return Parsed.wrong(expected() + " (" + e.getReason() + " at character " + (e.getIndex() + 1) + ")", "");
        }
    }

    /** Without what could be a user and a password. */
    @Override
    String show(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? super.show(text) : super.show("…" + text.substring(at));
    }

    @Override
    JsonNode format(URI value) {
        return Json.text(value.toString());
    }

    @Override
    List<ObjectNode> forms() {
        return List.of(
                Json.string("[hH][tT][tT][pP][sS]?://[^@/?#\\s]+([/?#]\\S*)?").put("maxLength", MOST));
    }
}
