package io.jenkins.plugins.chaosgate.gate.memory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import java.io.IOException;

/** Writes a threshold as its title, which is unique within an experiment, and finds it there again. */
final class ThresholdTitles {

    /** Where the reader finds the experiment. */
    static final String EXPERIMENT = "experiment";

    private ThresholdTitles() {}

    static SimpleModule module() {
        return new SimpleModule("threshold titles")
                .addSerializer(Threshold.class, new Writer())
                .addDeserializer(Threshold.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Threshold> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(Threshold.class);
        }

        @Override
        public void serialize(Threshold threshold, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(threshold.title());
        }
    }

    private static final class Reader extends StdDeserializer<Threshold> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(Threshold.class);
        }

        @Override
        public Threshold deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String title = json.getValueAsString("");
            Experiment experiment = (Experiment) context.getAttribute(EXPERIMENT);
            for (Threshold threshold : experiment.steadyState()) {
                if (threshold.title().equals(title)) {
                    return threshold;
                }
            }
            return context.reportInputMismatch(this, "expected the title of a threshold, found '%s'", title);
        }
    }
}
