package io.jenkins.plugins.chaosgate.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.chaosgate.report.Clean;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** JSON as YAML, for people. */
final class YamlText {

    private static final JsonMapper JSON = new JsonMapper();

    private YamlText() {}

    /** The same document in block style, plain ASCII (other characters are escaped); as comment where it is no JSON. */
    static String of(String json) {
        Object document;
        try {
            document = JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            return "# not JSON: " + Clean.line(json) + System.lineSeparator();
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(false);
        options.setSplitLines(false);
        return new Yaml(options).dump(document);
    }
}
