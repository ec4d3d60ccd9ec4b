package io.jenkins.plugins.chaosgate.experiment.language;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema (draft 2020-12) of an experiment file, for editors and for whoever makes such files. */
public final class ExperimentSchema {

    private ExperimentSchema() {}

    /**
     * A new schema. It is as strict as JSON Schema can be; what compares fields with each other, such as two faults on
     * one route, only {@link ExperimentReader} sees.
     */
    public static ObjectNode generate() {
        Definitions definitions = new Definitions();
        ObjectNode schema = Json.object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.setAll(ExperimentType.INSTANCE.describe(definitions));
        schema.set("$defs", definitions.all());
        return schema;
    }
}
