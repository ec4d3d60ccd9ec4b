package io.jenkins.plugins.chaosgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Jenkins looks up symbols by an index. The processor that would write it is not on Maven Central, so it is written by hand,
 * and this says when it is not right.
 */
class SymbolIndexTest {

    private static final Path INDEX = Path.of("src/main/resources/META-INF/services/annotations/org.jenkinsci.Symbol");

    @Test
    void listsEachClassWithASymbol() throws IOException {
        List<String> annotated = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.chaosgate")
                        .stream()
                        .filter(type -> type.isAnnotatedWith("org.jenkinsci.Symbol"))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();

        assertThat(Files.readAllLines(INDEX)).as("the lines of " + INDEX).isEqualTo(annotated);
    }
}
