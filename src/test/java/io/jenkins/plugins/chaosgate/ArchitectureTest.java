package io.jenkins.plugins.chaosgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The arrows between the rooms: they only go downwards. */
@AnalyzeClasses(packages = "io.jenkins.plugins.chaosgate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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

    @ArchTest
    static final ArchRule EXPERIMENT = knowsOnly("experiment");

    @ArchTest
    static final ArchRule VERDICT = knowsOnly("verdict", "experiment..");

    @ArchTest
    static final ArchRule GATE = knowsOnly("gate", "verdict..", "experiment..");

    @ArchTest
    static final ArchRule PORTS = knowsOnly("gate.port", "verdict..", "experiment..");

    @ArchTest
    static final ArchRule TELEMETRY = knowsOnly("telemetry", "gate.port..", "experiment..");

    @ArchTest
    static final ArchRule MESH = knowsOnly("mesh", "gate.port..", "experiment..");

    @ArchTest
    static final ArchRule REPORT = knowsOnly("report", "gate..", "verdict..", "experiment..");

    @ArchTest
    static final ArchRule ONLY_PIPELINE_KNOWS_JENKINS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..");

    @ArchTest
    static final ArchRule ONLY_MESH_KNOWS_THE_KUBERNETES_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "mesh..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");
}
