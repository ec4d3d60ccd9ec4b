package io.jenkins.plugins.chaosgate.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({"0,0s", "250,250ms", "1000,1s", "90000,1m30s", "3600000,1h", "3661001,1h1m1s1ms", "-5000,-5s"})
    void durationsAsAnExperimentWritesThem(long millis, String text) {
        assertThat(Units.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT,11,11",
        "FRACTION,0.0123,1.23 %",
        "FRACTION,1,100 %",
        "FRACTION,0.00004,0.004 %",
        "SECONDS,0.041,41 ms",
        "SECONDS,1.5,1.5 s",
        "PER_SECOND,9.96,9.96/s",
        "NUMBER,1234.567,1235",
        "NUMBER,-0.5,-0.5",
        "OK,1,ok",
        "OK,0,not ok"
    })
    void valuesWithTheirUnits(Unit unit, double value, String text) {
        assertThat(unit.format(value)).isEqualTo(text);
    }

    @Test
    void percentagesAreExactToAMillionth() {
        assertThat(new Percentage(1)).hasToString("0.0001 %");
        assertThat(Percentage.ALL).hasToString("100 %");
        assertThat(new Percentage(333_333).percent()).isEqualTo(33.3333);
        assertThatThrownBy(() -> new Percentage(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Percentage(1_000_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void servicesWithAndWithoutANamespace() {
        assertThat(ServiceName.parse("ratings", "bookinfo").host("cluster.local"))
                .isEqualTo("ratings.bookinfo.svc.cluster.local");
        assertThat(ServiceName.parse("ratings.other", "bookinfo").shortFor("bookinfo"))
                .isEqualTo("ratings.other");
    }

    @Test
    void aFaultInWords() {
        Scope scope = new Scope(
                Map.of("app", "productpage"),
                new ServiceName("details", "bookinfo"),
                OptionalInt.of(9080),
                Map.of("x-tester", "canary"),
                new Percentage(500_000),
                OptionalInt.of(50));
        assertThat(new HttpDelay(scope, Duration.ofSeconds(2)).describe("bookinfo"))
                .isEqualTo("delay 50 % of calls from app=productpage to details:9080 with x-tester: canary by 2s");
        assertThat(new GrpcAbort(scope, 14).describe("other"))
                .startsWith("abort 50 % of calls from app=productpage to details.bookinfo:9080")
                .endsWith("with gRPC status 14");
        assertThat(new BandwidthLimit(scope, 64).describe("bookinfo")).endsWith("to 64 KiB/s");
    }

    @Test
    void boundsThatNothingCanKeepAreAnError() {
        assertThatThrownBy(() -> new Bounds(OptionalDouble.of(2), OptionalDouble.of(1)))
                .hasMessageContaining("min 2.0 is above max 1.0");
    }
}
