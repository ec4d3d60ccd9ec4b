package io.jenkins.plugins.chaosgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the rooms: they only go downwards. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.chaosgate");

    private static final String ROOT = "io.jenkins.plugins.chaosgate.";

    /** The classes of {@code room} know of ours only those of {@code others} (and their own). */
    private static ArchRule knowsOnly(String room, String... others) {
        String[] allowed = Arrays.stream(others).map(other -> ROOT + other).toArray(String[]::new);
        DescribedPredicate<JavaClass> ofOursButNotAllowed = JavaClass.Predicates.resideInAPackage(ROOT + ".")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + room + "..")))
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)))
                .as("are other rooms than %s", Arrays.toString(others));
        return noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat(ofOursButNotAllowed)
                .allowEmptyShould(false);
    }

    private static final ArchRule EXPERIMENT = knowsOnly("experiment");

    private static final ArchRule VERDICT = knowsOnly("verdict", "experiment..");

    private static final ArchRule GATE = knowsOnly("gate", "verdict..", "experiment..");

    private static final ArchRule PORTS = knowsOnly("gate.port", "verdict..", "experiment..");

    private static final ArchRule TELEMETRY = knowsOnly("telemetry", "gate.port..", "verdict..", "experiment..");

    private static final ArchRule MESH = knowsOnly("mesh", "gate.port..", "experiment..");

    private static final ArchRule REPORT = knowsOnly("report", "gate..", "verdict..", "experiment..");

    private static final ArchRule PIPELINE =
            knowsOnly("pipeline", "report..", "mesh..", "telemetry..", "gate..", "verdict..", "experiment..");

    private static final ArchRule CLI =
            knowsOnly("cli", "report..", "mesh..", "telemetry..", "gate..", "verdict..", "experiment..");

    private static final ArchRule ONLY_PIPELINE_KNOWS_JENKINS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..");

    private static final ArchRule ONLY_MESH_KNOWS_THE_KUBERNETES_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "mesh..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    private static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @TestFactory
    Stream<DynamicTest> arrows() {
        return Stream.of(
                        EXPERIMENT,
                        VERDICT,
                        GATE,
                        PORTS,
                        TELEMETRY,
                        MESH,
                        REPORT,
                        PIPELINE,
                        CLI,
                        ONLY_PIPELINE_KNOWS_JENKINS,
                        ONLY_MESH_KNOWS_THE_KUBERNETES_CLIENT,
                        ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI)
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(OURS)));
    }
}
