package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A text whose syntax belongs to Kubernetes or HTTP. */
final class PatternType extends ScalarType<String> {

    /** A DNS label: the name of a namespace or a service. */
    static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    private static final String LABEL_WORD = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String DNS_NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

    static final PatternType NAMESPACE = new PatternType(
            "namespace", "a Kubernetes namespace: at most 63 lower-case letters, digits and '-'", DNS_LABEL);
    static final PatternType LABEL_NAME = new PatternType(
            "labelName",
            "a Kubernetes label's name, such as app or app.kubernetes.io/name",
            "(" + DNS_NAME + "/)?" + LABEL_WORD);
    static final PatternType LABEL_VALUE = new PatternType(
            "labelValue",
            "a Kubernetes label's value: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter"
                    + " or digit",
            "(" + LABEL_WORD + ")?");
    static final PatternType HEADER_NAME = new PatternType(
            "headerName",
            "an HTTP header's name, such as x-tester",
            "[-!#$%&'*+.^_`|~A-Za-z0-9]{1,200}",
            name -> name.toLowerCase(Locale.ROOT)); // as HTTP/2 and Envoy have it
    static final PatternType HEADER_VALUE = new PatternType(
            "headerValue",
            "an HTTP header's exact value: at most 1000 printable ASCII characters, without blanks around it",
            "[!-~]([ -~]{0,998}[!-~])?");

    private final String regex;
    private final Pattern pattern;
    private final UnaryOperator<String> normal;

    private PatternType(String name, String expected, String regex) {
        this(name, expected, regex, UnaryOperator.identity());
    }

    private PatternType(String name, String expected, String regex, UnaryOperator<String> normal) {
        super(name, expected);
        this.regex = regex;
        this.pattern = Pattern.compile(regex);
        this.normal = normal;
    }

    @Override
    Parsed<String> parse(String text, Reading in) {
        if (pattern.matcher(text).matches()) {
            return Parsed.of(normal.apply(text));
        }
        String near = text.strip().toLowerCase(Locale.ROOT).replaceAll("[_ ]", "-");
        return text.length() <= 63 && pattern.matcher(near).matches() ? Parsed.wrongButNear(near) : Parsed.wrong();
    }

    @Override
    JsonNode format(String value) {
        return Json.text(value);
    }

    @Override
    List<ObjectNode> forms() {
        // A YAML editor takes a label's value 2 for a number, and true for a truth value; here their text counts.
        return List.of(Json.string(regex), Json.numeric("number"), Json.numeric("boolean"));
    }
}
