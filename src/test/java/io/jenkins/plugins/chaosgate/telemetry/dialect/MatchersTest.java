package io.jenkins.plugins.chaosgate.telemetry.dialect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.HttpAbort;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import io.jenkins.plugins.chaosgate.gate.port.InjectionPoint;
import io.jenkins.plugins.chaosgate.gate.port.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchersTest {
    private static final Matchers STAGING = Matchers.parse(List.of("env=test", "cluster=stag\"ing"));
    private static final ServiceName REVIEWS = new ServiceName("reviews", "bookinfo");
    private static final Workloads CANARY =
            new Workloads(Map.of("app", "reviews", "version", "v2"), List.of("reviews-v2"), List.of("reviews-v2-a"));
    private static final Scope TO_RATINGS = new Scope(
            Map.of(),
            new ServiceName("ratings", "bookinfo"),
            OptionalInt.empty(),
            Map.of(),
            Percentage.ALL,
            OptionalInt.empty());

    @ParameterizedTest
    @ValueSource(strings = {"istio", "envoy"})
    void everySelectorOfADialectHasThem(String name) {
        MetricDialect dialect = Dialects.named(name, "bookinfo", STAGING);
        List<Selector> selectors = new ArrayList<>(List.of(dialect.everywhere()));
        for (Optional<Workloads> whose : List.of(Optional.<Workloads>empty(), Optional.of(CANARY))) {
            selectors.add(dialect.requests(REVIEWS, whose).selector());
            selectors.add(dialect.durations(REVIEWS, whose).selector());
        }
        for (Fault fault : List.<Fault>of(new HttpAbort(TO_RATINGS, 500), new BandwidthLimit(TO_RATINGS, 10))) {
            for (boolean inbound : List.of(true, false)) {
                InjectionPoint point = new InjectionPoint(CANARY, inbound);
                selectors.add(dialect.injections(fault, point).selector());
                selectors.add(dialect.bystanders(List.of(fault), List.of(point)).selector());
            }
        }
        assertThat(selectors).hasSize(13).allSatisfy(selector -> assertThat(selector.toString())
                .contains("{cluster=\"stag\\\"ing\",env=\"test\""));
    }

    @Test
    void noSelectorBeginsWithoutThem() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Matchers.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(Selector.class.getName())
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .callMethod(Selector.class, "of", String.class)
                .orShould()
                .callConstructor(Selector.class, String.class, List.class)
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.chaosgate"));
    }

    @Test
    void areReadAsPeopleWriteThem() {
        assertThat(Matchers.parse(List.of("cluster=staging")).labels())
                .containsExactly(Map.entry("cluster", "staging"));
        assertThat(Matchers.parse(List.of(" cluster = \"a=b\" ")).labels())
                .containsExactly(Map.entry("cluster", "a=b"));
        assertThat(Matchers.parse(List.of("cluster=")).series("up")).hasToString("up{cluster=\"\"}");
        assertThat(Matchers.NONE.series("up")).hasToString("up");
        assertThat(STAGING.words()).isEqualTo("cluster=\"stag\"ing\", env=\"test\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "=staging", "cluster=~stag.*", "cluster!=prod", "clu-ster=a", "__name__=up", ""})
    void whatIsNoneIsRefused(String written) {
        assertThatThrownBy(() -> Matchers.parse(List.of(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected ");
    }

    @Test
    void twoValuesForOneLabelAreRefused() {
        assertThatThrownBy(() -> Matchers.parse(List.of("cluster=a", "cluster=b")))
                .hasMessageContaining("two for \"cluster\"");
    }
}
