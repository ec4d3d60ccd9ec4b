package io.jenkins.plugins.chaosgate.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The default build, on signatures, leaves the same plugin as this one, on the real Jenkins. */
class SameHpiIT {

    private static final String EXTENSIONS = "META-INF/annotations/hudson.Extension";
    private static final String SYMBOLS = "META-INF/services/annotations/org.jenkinsci.Symbol";

    /** Which tools built it, and from where. */
    private static final Set<String> OF_THE_TOOLS = Set.of(
            "Ant-Version",
            "Build-Jdk-Spec",
            "Created-By",
            "Implementation-Build",
            "Java-Version",
            "Plugin-Developers",
            "Specification-Version");

    /** Names of parameters, which the classes tell too, and texts for the pages that document a REST API. */
    private static final Set<String> OF_STAPLER =
            Set.of(".stapler", ".javadoc", "exposed.stapler-beans", "org.kohsuke.stapler.export.ExportedBean");

    private static Hpi byDefault;
    private static Hpi real;

    @BeforeAll
    static void read() throws IOException {
        byDefault = Hpi.read(Hpi.ofTheDefaultBuild());
        real = Hpi.read(Hpi.ofThisBuild());
    }

    @Test
    void holdsTheSameLibraries() {
        assertThat(byDefault.files()).containsOnlyKeys(real.files().keySet());
        assertThat(byDefault.files().get("WEB-INF/lib/commons-math3-3.6.1.jar"))
                .isEqualTo(real.files().get("WEB-INF/lib/commons-math3-3.6.1.jar"));
    }

    @Test
    void saysTheSameOfItself() throws IOException {
        assertThat(attributes(byDefault)).isEqualTo(attributes(real));
    }

    @Test
    void holdsTheSameClassesAndResources() {
        assertThat(contents(byDefault)).containsExactlyEntriesOf(contents(real));
    }

    @Test
    void announcesTheSameExtensions() throws Exception {
        assertThat(extensions(byDefault)).isNotEmpty().isEqualTo(extensions(real));
    }

    @Test
    void announcesTheSameSymbols() {
        assertThat(lines(byDefault.own().get(SYMBOLS)))
                .isNotEmpty()
                .isEqualTo(lines(real.own().get(SYMBOLS)));
    }

    private static Map<String, String> attributes(Hpi hpi) throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        hpi.manifest().getMainAttributes().forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        attributes.keySet().removeAll(OF_THE_TOOLS);
        attributes.computeIfPresent("Plugin-Dependencies", (name, value) -> inOrder(value));
        return attributes;
    }

    private static String inOrder(String dependencies) {
        return Arrays.stream(dependencies.split(",")).sorted().collect(Collectors.joining(","));
    }

    /** The plugin's own files, but for the indexes and what only Stapler's processors write. */
    private static Map<String, Integer> contents(Hpi hpi) {
        Map<String, Integer> contents = new TreeMap<>();
        hpi.own().forEach((name, content) -> contents.put(name, Arrays.hashCode(content)));
        contents.keySet()
                .removeIf(name -> name.startsWith(EXTENSIONS)
                        || name.equals(SYMBOLS)
                        || OF_STAPLER.stream().anyMatch(name::endsWith));
        return contents;
    }

    /** Each with the values of its annotation. */
    private static Set<String> extensions(Hpi hpi) throws IOException, ClassNotFoundException {
        Set<String> extensions = new TreeSet<>();
        try (ObjectInputStream index =
                new ObjectInputStream(new ByteArrayInputStream(hpi.own().get(EXTENSIONS)))) {
            for (Object item = index.readObject(); item != null; item = index.readObject()) {
                extensions.add(item.toString());
            }
        }
        return extensions;
    }

    private static Set<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().collect(Collectors.toCollection(TreeSet::new));
    }
}
