package io.jenkins.plugins.chaosgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Looks into the command line's jar once it is built: whoever's software is in it has a license there. Run by an execution of
 * its own, after the package phase.
 */
class CliJarCheck {

    private static Map<String, String> texts;
    private static List<Path> bundled;

    @BeforeAll
    static void open() throws IOException {
        texts = texts(Path.of(System.getProperty("cli.jar")));
        bundled = Files.readAllLines(Path.of(System.getProperty("cli.classpath"))).stream()
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(path ->
                        !path.startsWith(Path.of(System.getProperty("cli.jar")).getParent()))
                .toList();
        assertThat(bundled).hasSizeGreaterThan(20);
    }

    /** The licenses and notices of a jar, by their names. */
    private static Map<String, String> texts(Path jar) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (!entry.isDirectory()
                        && !name.endsWith(".class")
                        && name.matches("(?i).*(LICENSE|NOTICE|THIRD-PARTY).*")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return texts;
    }

    /** {@code group:artifact} of a jar in a Maven repository: {@code …/group/as/path/artifact/version/artifact-version.jar}. */
    private static String artifact(Path jar) {
        String artifact = jar.getParent().getParent().getFileName().toString();
        String group = jar.getParent().getParent().getParent().toString().replace('/', '.');
        return group.replaceFirst(".*\\.repository\\.", "") + ":" + artifact;
    }

    /** Line ends and blanks are nobody's concern. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void ourOwnLicenseIsInIt() throws IOException {
        assertThat(texts.get("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    }

    @Test
    void eachArtifactIsListedWithALicenseWhoseTextIsThere() {
        List<String[]> rows = texts.get("META-INF/THIRD-PARTY.md")
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains(":"))
                .map(line -> line.substring(2).split(" \\| "))
                .toList();
        assertThat(rows.stream().map(row -> row[0]).toList())
                .as("add or remove a line of src/licenses/THIRD-PARTY.md")
                .containsExactlyInAnyOrderElementsOf(
                        bundled.stream().map(CliJarCheck::artifact).toList());
        assertThat(rows).allSatisfy(row -> assertThat(texts.get("META-INF/licenses/" + row[2]))
                .as("the text of the license of " + row[0])
                .isNotBlank());
    }

    @Test
    void noLicenseAndNoNoticeOfAnArtifactIsLost() throws IOException {
        String all = squeezed(texts.values().stream().collect(Collectors.joining("\n")));
        for (Path jar : bundled) {
            for (Map.Entry<String, String> text : texts(jar).entrySet()) {
                assertThat(all.contains(squeezed(text.getValue())))
                        .as(text.getKey() + " of " + artifact(jar) + " belongs into src/licenses")
                        .isTrue();
            }
        }
    }
}
