package io.jenkins.plugins.chaosgate.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each signature in src/jenkins-api is as in the real Jenkins. */
class ApiDriftTest {

    @TempDir
    private Path folder;

    @Test
    void signaturesAreAsInTheRealJenkins() throws Exception {
        try (Signatures signatures = Signatures.compile(Path.of("src/jenkins-api/java"), classes())) {
            List<String> differences = new ArrayList<>();
            List<Class<?>> types = signatures.types();
            for (Class<?> type : types) {
                differences.addAll(Drift.of(type));
            }
            assertThat(types).isNotEmpty();
            assertThat(differences).isEmpty();
        }
    }

    /** A wrong signature of each sort. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                hudson.Nothing | public class Nothing {} | hudson.Nothing: is not in the real Jenkins
                hudson.Util | public interface Util {} | kind here interface, in the real Jenkins class
                hudson.Util | public final class Util { private Util() {} } | modifiers here public final, in the real Jenkins public
                hudson.Util | public class Util<T> {} | type parameters here <java.lang.Object>, in the real Jenkins
                hudson.Util | public abstract class Util implements Runnable {} | hudson.Util: is no java.lang.Runnable
                hudson.Util | public class Util { public Util(int i) {} } | Util.<init>(int): no such constructor
                hudson.Util | public class Util { public int x; } | Util.x: no such field
                hudson.Util | public class Util { public int fixNull(String s) { return 0; } } | fixNull(java.lang.String): no such method
                hudson.Util | public class Util { public String fixNull(String s) { return s; } } | modifiers here public, in the real Jenkins public static
                hudson.Util | public class Util { public static String fixNull(String s) throws Exception { return s; } } | exceptions here [java.lang.Exception], in the real Jenkins []
                hudson.Util | public class Util { @Deprecated public static String fixNull(String s) { return s; } } | fixNull(java.lang.String): is not annotated @java.lang.Deprecated
                hudson.Util | public class Util { public static <T> java.util.Set<T> fixNull(java.util.Set<String> s) { return null; } } | parameters here java.util.Set<java.lang.String>, in the real Jenkins java.util.Set<#0>
                hudson.Util | public class Util { public static <T extends Util> java.util.Set<T> fixNull(java.util.Set<T> s) { return null; } } | type parameters here <hudson.Util>, in the real Jenkins <java.lang.Object>
                hudson.Util | public class Util { public static <T> java.util.Set<String> fixNull(java.util.Set<T> s) { return null; } } | result here java.util.Set<java.lang.String>, in the real Jenkins java.util.Set<#0>
                hudson.model.Item | public interface Item { String READ = null; } | Item.READ: type here java.lang.String, in the real Jenkins hudson.security.Permission
                jenkins.model.Jenkins | public class Jenkins { public static final String UNCOMPUTED_VERSION = "!"; } | UNCOMPUTED_VERSION: value here !, in the real Jenkins ?
                hudson.Extension | public @interface Extension { double ordinal() default 1; } | ordinal(): default here 1.0, in the real Jenkins 0.0
                hudson.Extension | public @interface Extension {} | hudson.Extension: is annotated @java.lang.annotation.Retention
                jenkins.YesNoMaybe | public enum YesNoMaybe { PERHAPS } | YesNoMaybe.PERHAPS: no such field
                """)
    void tellsWhatIsWrong(String name, String body, String difference) throws Exception {
        assertThat(differences(name, body)).anyMatch(line -> line.contains(difference));
    }

    private List<String> differences(String name, String body) throws Exception {
        int dot = name.lastIndexOf('.');
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(
                sources.resolve(name.substring(dot + 1) + ".java"), "package " + name.substring(0, dot) + ";\n" + body);
        try (Signatures signatures = Signatures.compile(sources, classes())) {
            return signatures.types().stream()
                    .flatMap(type -> Drift.of(type).stream())
                    .toList();
        }
    }

    private Path classes() throws Exception {
        return Files.createDirectory(folder.resolve("classes"));
    }
}
