package io.jenkins.plugins.chaosgate.pipeline.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Util;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentSchema;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** For tests: the experiment language as its schema has it, beside the classes that forms and scripts make. */
public final class Language {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final String AGAIN = "chaosgate.publish";
    private static final JsonNode SCHEMA = ExperimentSchema.generate();

    /** A field: its description in the schema, and whether it must be there. */
    public record Described(JsonNode schema, boolean required) {

        /** Its page of help. */
        public String help(String ifRequired) {
            List<String> more = new ArrayList<>();
            String type = schema.path("$ref").asText().replaceFirst(".*/", "");
            if (!type.isEmpty()) {
                more.add("Expected: "
                        + SCHEMA.at("/$defs/" + type + "/description").asText() + ".");
            }
            if (type.equals("labels")) {
                more.add("In a script: [app: 'reviews', version: 'v2']. In a form: app=reviews,version=v2.");
            } else if (type.equals("headers")) {
                more.add("In a script: ['x-tester': 'canary']. In a form: x-tester=canary, one on each line.");
            }
            JsonNode preset = schema.get("default");
            if (required) {
                more.add(ifRequired);
            } else if (preset != null && !preset.isArray()) {
                more.add("If left out: " + preset.asText() + ".");
            }
            return page(schema.get("description").asText(), more);
        }
    }

    private Language() {}

    /** The names of the kinds of {@code fault} or {@code threshold}. */
    public static List<String> kinds(String of) {
        List<String> names = new ArrayList<>();
        SCHEMA.at("/$defs/" + of + "/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The fields of a kind. */
    public static Map<String, Described> fields(String kind) {
        Map<String, Described> fields = new LinkedHashMap<>();
        addFields(SCHEMA.at("/$defs/" + kind), fields);
        return kind.equals("pods") ? flat(fields) : fields;
    }

    /** The fields of the inner maps side by side: {@code maxRestarts} for the {@code max} in {@code restarts}. */
    private static Map<String, Described> flat(Map<String, Described> maps) {
        Map<String, Described> flat = new LinkedHashMap<>();
        maps.forEach((name, map) -> {
            String type = map.schema().path("$ref").asText().replaceFirst(".*/", "");
            SCHEMA.at("/$defs/" + type + "/properties").properties().forEach(inner -> {
                ObjectNode schema = inner.getValue().deepCopy();
                schema.set("description", map.schema().get("description"));
                schema.set("default", map.schema().at("/default/" + inner.getKey()));
                flat.put(inner.getKey() + capital(name), new Described(schema, false));
            });
        });
        return flat;
    }

    /** The fields of an experiment that is written flat. */
    public static Map<String, Described> fields() {
        Map<String, Described> fields = new LinkedHashMap<>();
        addFields(SCHEMA, fields);
        for (String map : List.of("target", "watch")) {
            fields.remove(map);
            addFields(SCHEMA.at("/$defs/" + map), fields);
        }
        return fields;
    }

    /** The page of help for a kind. */
    public static String help(String kind) {
        return page(SCHEMA.at("/$defs/" + kind + "/description").asText(), List.of());
    }

    /** The methods that a form or a script calls, by the names of the parameters. */
    public static Map<String, Method> setters(Class<?> describable) {
        Map<String, Method> setters = new LinkedHashMap<>();
        for (Method method : describable.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                setters.put(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), method);
            }
        }
        return setters;
    }

    /** Each of the fields is checked while it is written, or chosen from a list; nothing of it answers to a GET. */
    public static void assertChecked(Class<?> describable, Set<String> fields) throws ClassNotFoundException {
        Class<?> descriptor = Class.forName(describable.getName() + "$DescriptorImpl");
        Set<String> methods = new TreeSet<>();
        Stream.of(descriptor.getMethods())
                .filter(method -> method.isAnnotationPresent(POST.class))
                .forEach(method -> methods.add(method.getName()));

        assertThat(fields)
                .as(describable.getSimpleName())
                .allMatch(field -> methods.contains("doCheck" + capital(field))
                        || methods.contains("doFill" + capital(field) + "Items"));
        assertThat(Stream.of(descriptor.getMethods())
                        .filter(method -> method.getName().matches("do(Check|Fill)[A-Z].*"))
                        .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins"))
                        .filter(method -> !method.isAnnotationPresent(POST.class)))
                .isEmpty();
    }

    /** Every parameter has a page of help, and so has the class. */
    public static void assertExplained(Class<?> describable) {
        assertThat(hasHelp(describable, "")).as(describable.getSimpleName()).isTrue();
        assertThat(setters(describable).keySet())
                .as(describable.getSimpleName())
                .allMatch(name -> hasHelp(describable, "-" + name));
    }

    /** The page holds this text. */
    public static void assertPage(Class<?> type, String suffix, String text) throws IOException {
        Path page = path(type, suffix);
        if (Boolean.getBoolean(AGAIN)) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("out of date: mvn -Pjenkins test -Dtest=*FieldsTest,ParametersTest -D%s=true writes it", AGAIN)
                .hasContent(text);
    }

    private static boolean hasHelp(Class<?> describable, String suffix) {
        return Stream.<Class<?>>iterate(describable, type -> type != null, Class::getSuperclass)
                .anyMatch(type -> Files.exists(path(type, suffix)));
    }

    private static Path path(Class<?> type, String suffix) {
        return RESOURCES.resolve(type.getName().replace('.', '/')).resolve("help" + suffix + ".html");
    }

    private static String page(String doc, List<String> more) {
        String rest = more.isEmpty() ? "" : "\n  <p>" + Util.escape(String.join(" ", more)) + "</p>";
        return "<div>\n  " + Util.escape(doc) + rest + "\n</div>\n";
    }

    private static void addFields(JsonNode map, Map<String, Described> fields) {
        Set<String> required = new TreeSet<>();
        map.get("required").forEach(name -> required.add(name.asText()));
        map.get("properties")
                .properties()
                .forEach(field ->
                        fields.put(field.getKey(), new Described(field.getValue(), required.contains(field.getKey()))));
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
