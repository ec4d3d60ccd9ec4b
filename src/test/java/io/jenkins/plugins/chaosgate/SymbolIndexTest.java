package io.jenkins.plugins.chaosgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jenkins looks up symbols by an index, which the build writes. */
class SymbolIndexTest {

    @Test
    void listsEachClassWithASymbol() throws IOException {
        List<String> annotated = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.chaosgate")
                        .stream()
                        .filter(type -> type.isAnnotatedWith("org.jenkinsci.Symbol"))
                        .map(JavaClass::getName)
                        .toList();

        assertThat(index()).isNotEmpty().containsExactlyInAnyOrderElementsOf(annotated);
    }

    private static List<String> index() throws IOException {
        try (InputStream index =
                SymbolIndexTest.class.getResourceAsStream("/META-INF/services/annotations/org.jenkinsci.Symbol")) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
