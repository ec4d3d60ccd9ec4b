package io.jenkins.plugins.chaosgate.pipeline.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.pipeline.fields.Language.Described;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/** Faults and thresholds have the fields of the language, all and no others, and explain them as the reference does. */
class FieldsTest {

    private static final List<Class<?>> FAULTS =
            List.of(HttpAbortField.class, GrpcAbortField.class, HttpDelayField.class, BandwidthLimitField.class);
    private static final List<Class<?>> THRESHOLDS = List.of(
            FailedRequestsField.class,
            ErrorRateField.class,
            LatencyField.class,
            ThroughputField.class,
            PromqlField.class,
            WebhookField.class,
            PodsField.class);
    private static final List<Class<?>> ALL =
            Stream.concat(FAULTS.stream(), THRESHOLDS.stream()).toList();

    @Test
    void everyKindIsThere() {
        assertThat(FAULTS).extracting(FieldsTest::symbol).containsExactlyElementsOf(Language.kinds("fault"));
        assertThat(THRESHOLDS).extracting(FieldsTest::symbol).containsExactlyElementsOf(Language.kinds("threshold"));
    }

    @Test
    void everyFieldIsThere() throws ClassNotFoundException {
        for (Class<?> kind : ALL) {
            Set<String> fields = Language.fields(symbol(kind)).keySet();
            assertThat(Language.setters(kind).keySet())
                    .as(kind.getSimpleName())
                    .containsExactlyInAnyOrderElementsOf(fields);
            Language.assertChecked(kind, fields);
        }
    }

    @Test
    void everyFieldIsWrittenUnderItsOwnName() throws ReflectiveOperationException {
        for (Class<?> kind : ALL) {
            Object made = kind.getConstructor().newInstance();
            Map<String, String> expected = new HashMap<>();
            for (String field : Language.setters(kind).keySet()) {
                Language.setters(kind).get(field).invoke(made, "the " + field);
                expected.put(field, "the " + field);
            }
            Map<?, ?> item = made instanceof FaultField fault ? fault.asItem() : ((ConditionField) made).asItem();

            assertThat(item).isEqualTo(Map.of(symbol(kind), expected));
        }
    }

    @Test
    void helpSaysWhatTheReferenceSays() throws IOException {
        Map<String, String> shared = new HashMap<>();
        for (Class<?> kind : ALL) {
            Language.assertPage(kind, "", Language.help(symbol(kind)));
            for (Map.Entry<String, Described> field :
                    Language.fields(symbol(kind)).entrySet()) {
                Class<?> home = home(kind, field.getKey());
                String text = field.getValue().help("Required.");
                Language.assertPage(home, "-" + field.getKey(), text);
                assertThat(shared.merge(home + field.getKey(), text, (first, second) -> first))
                        .as("one page for several kinds")
                        .isEqualTo(text);
            }
            Language.assertExplained(kind);
        }
    }

    /** The class that has the help of a field: the kind itself where others explain it in another way. */
    private static Class<?> home(Class<?> kind, String field) {
        boolean differs = Set.of("max", "min").contains(field)
                || field.equals("name") && !ServiceThresholdField.class.isAssignableFrom(kind);
        if (differs) {
            return kind;
        }
        return field.equals("name")
                ? ServiceThresholdField.class
                : Language.setters(kind).get(field).getDeclaringClass();
    }

    private static String symbol(Class<?> kind) {
        return Stream.of(kind.getDeclaredClasses())
                .flatMap(inner -> Stream.of(inner.getAnnotationsByType(Symbol.class)))
                .findFirst()
                .orElseThrow()
                .value()[0];
    }
}
