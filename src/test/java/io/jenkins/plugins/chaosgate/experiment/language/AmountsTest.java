package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.experiment.BandwidthLimit;
import io.jenkins.plugins.chaosgate.experiment.GrpcAbort;
import io.jenkins.plugins.chaosgate.experiment.HttpDelay;
import io.jenkins.plugins.chaosgate.experiment.Latency;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every unit: what is read from it, and what is said when it is wrong. */
class AmountsTest {

    private static final String DURATION = "Expected a duration above 0, such as 250ms, 5s, 1m30s or 1h";

    @ParameterizedTest
    @CsvSource({
        "250ms,PT0.25S",
        "5s,PT5S",
        "1m,PT1M",
        "1h,PT1H",
        "1m30s,PT1M30S",
        "1h2m3s4ms,PT1H2M3.004S",
        "90s,PT1M30S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(((HttpDelay) Try.fault("httpDelay: {to: a, delay: " + text + "}")).delay())
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5         | found '5'; did you mean '5s'? " + DURATION,
                "250       | found '250'; did you mean '250ms'? " + DURATION,
                "1.5s      | found '1.5s'; did you mean '1s500ms'? " + DURATION,
                "10 sec    | found '10 sec'; did you mean '10s'? " + DURATION,
                "2 minutes | found '2 minutes'; did you mean '2m'? " + DURATION,
                "5S        | found '5S'; did you mean '5s'? " + DURATION,
                "20 millis | found '20 millis'; did you mean '20ms'? " + DURATION,
                "0s        | found '0s'; expected a duration above 0, such as 250ms, 5s, 1m30s or 1h",
                "0         | found '0'; expected a duration above 0, such as 250ms, 5s, 1m30s or 1h",
                "-5s       | found '-5s'; expected a duration above 0, such as 250ms, 5s, 1m30s or 1h",
                "30s1m     | found '30s1m'; expected a duration above 0, such as 250ms, 5s, 1m30s or 1h",
                "5d        | found '5d'; expected a duration above 0, such as 250ms, 5s, 1m30s or 1h",
                "24h1ms    | found '24h1ms'; expected a duration of at most 24h",
                "''        | found ''; expected a duration above 0, such as 250ms, 5s, 1m30s or 1h",
                "99999999999999999999s | found '99999999999999999999s'; expected a duration above 0, such as 250ms, 5s,"
                        + " 1m30s or 1h",
            })
    void refusesOtherDurations(String text, String message) {
        assertMessage(fault("httpDelay: {to: a, delay: '" + text + "'}"), "faults[0].httpDelay.delay", message);
    }

    @ParameterizedTest
    @CsvSource({"100,1000000", "50%,500000", "50 %,500000", "0.01%,100", "0.0001,1", "0.5,5000", "100.00%,1000000"})
    void readsPercentages(String text, int millionths) {
        assertThat(Try.fault("httpAbort: {to: a, status: 500, percentage: " + text + "}")
                        .scope()
                        .percentage()
                        .millionths())
                .isEqualTo(millionths);
    }

    @ParameterizedTest
    @CsvSource({"0", "0%", "101", "100.0001", "0.00001", "-1", "half", "1e1", "50%%", "''", "0.0000"})
    void refusesOtherPercentages(String text) {
        assertMessage(
                fault("httpAbort: {to: a, status: 500, percentage: '" + text + "'}"),
                "faults[0].httpAbort.percentage",
                "found '" + text
                        + "'; expected a percentage above 0 and at most 100, with at most 4 decimals, such as 100, 50% or"
                        + " 0.01%");
    }

    @ParameterizedTest
    @CsvSource({"1%,0.01", "0.01,0.01", "0.1%,0.001", "100%,1", "0,0", "0%,0", "0.5,0.5", "33.3 %,0.333"})
    void readsFractions(String text, double share) {
        assertThat(max("errorRate: {of: a, max: " + text + ", compareTo: stable, maxRatio: 2}"))
                .isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1     | found '1'; expected 1% or 100%, since a bare 1 could mean both",
                "1.0   | found '1.0'; expected 1% or 100%, since a bare 1 could mean both",
                "5     | found '5'; did you mean '5%'? Expected a share from 0% to 100%, such as 1% or 0.01",
                "101%  | found '101%'; expected a share from 0% to 100%, such as 1% or 0.01",
                "-1%   | found '-1%'; expected a share from 0% to 100%, such as 1% or 0.01",
                "1/100 | found '1/100'; expected a share from 0% to 100%, such as 1% or 0.01",
            })
    void refusesOtherFractions(String text, String message) {
        assertMessage(threshold("errorRate: {of: a, max: " + text + "}"), "steadyState[0].errorRate.max", message);
    }

    @ParameterizedTest
    @CsvSource({"5/s,5", "300/m,5", "0.5/s,0.5", "90/m,1.5", "5 /s,5"})
    void readsRates(String text, double perSecond) {
        assertThat(max("throughput: {of: a, max: " + text + "}")).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5    | found '5'; did you mean '5/s'? Expected a rate above 0 with its unit, such as 5/s or 300/m",
                "0/s  | found '0/s'; expected a rate above 0 with its unit, such as 5/s or 300/m",
                "5/h  | found '5/h'; expected a rate above 0 with its unit, such as 5/s or 300/m",
                "-5/s | found '-5/s'; expected a rate above 0 with its unit, such as 5/s or 300/m",
            })
    void refusesOtherRates(String text, String message) {
        assertMessage(threshold("throughput: {of: a, max: " + text + "}"), "steadyState[0].throughput.max", message);
    }

    @ParameterizedTest
    @CsvSource({"64KiB/s,64", "1MiB/s,1024", "1024kB/s,1000", "2048B/s,2", "128MB/s,125000", "64 KiB/s,64"})
    void readsBandwidths(String text, long kibibytes) {
        assertThat(((BandwidthLimit) Try.fault("bandwidthLimit: {to: a, limit: " + text + "}")).kibibytesPerSecond())
                .isEqualTo(kibibytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64        | found '64'; did you mean '64KiB/s'? Expected ",
                "64kib/s   | found '64kib/s'; did you mean '64KiB/s'? Expected ",
                "100kB/s   | found '100kB/s'; did you mean '97KiB/s'? Expected ",
                "1kB/s     | found '1kB/s'; expected ",
                "0KiB/s    | found '0KiB/s'; expected ",
                "64KiB     | found '64KiB'; expected ",
                "8Mbit/s   | found '8Mbit/s'; expected ",
            })
    void refusesOtherBandwidths(String text, String message) {
        assertMessage(
                fault("bandwidthLimit: {to: a, limit: " + text + "}"),
                "faults[0].bandwidthLimit.limit",
                message + " a whole number of KiB/s above 0, such as 64KiB/s, 1MiB/s or 512kB/s");
    }

    @ParameterizedTest
    @CsvSource({"99,0.99", "99.9,0.999", "50,0.5", "1.5,0.015", "99.999,0.99999"})
    void readsPercentiles(String text, double quantile) {
        assertThat(((Latency) Try.threshold("latency: {of: a, max: 1s, quantile: " + text + "}")).quantile())
                .isEqualTo(quantile);
    }

    @ParameterizedTest
    @CsvSource({
        "0.99,did you mean '99'? Expected",
        "0.999,did you mean '99.9'? Expected",
        "p99,did you mean '99'? Expected",
        "99%,did you mean '99'? Expected",
        "1,expected",
        "0.001,expected",
        "0,expected",
        "100,expected",
        "median,expected"
    })
    void refusesOtherPercentiles(String text, String beginning) {
        assertMessage(
                threshold("latency: {of: a, max: 1s, quantile: " + text + "}"),
                "steadyState[0].latency.quantile",
                "found '" + text + "'; " + beginning + " a percentile above 1 and below 100, such as 50, 99 or 99.9");
    }

    @ParameterizedTest
    @CsvSource({"250ms,0.25", "1m30s,90", "1ms,0.001"})
    void readsLimitsOfLatencyInSeconds(String text, double seconds) {
        assertThat(max("latency: {of: a, quantile: 99, max: " + text + "}")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"100,100", "-2.5,-2.5", "1e6,1000000", "1E-3,0.001", "0,0"})
    void readsNumbers(String text, double number) {
        assertThat(max("promql: {name: a, query: up, max: " + text + "}")).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({".nan", ".inf", "NaN", "1e999", "0x10", "1_000", "5s", "+5", "1."})
    void refusesOtherNumbers(String text) {
        assertMessage(
                threshold("promql: {name: a, query: up, max: '" + text + "'}"),
                "steadyState[0].promql.max",
                "found '" + text + "'; expected a number without a unit, such as 100, -2.5 or 1e6");
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE,14", "14,14", "CANCELLED,1", "UNAUTHENTICATED,16", "1,1", "16,16"})
    void readsGrpcStatuses(String text, int status) {
        assertThat(((GrpcAbort) Try.fault("grpcAbort: {to: a, status: " + text + "}")).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "unavailable,did you mean 'UNAVAILABLE'? Expected",
        "DEADLINE_EXCEDED,did you mean 'DEADLINE_EXCEEDED'? Expected",
        "OK,expected",
        "0,expected",
        "17,expected"
    })
    void refusesOtherGrpcStatuses(String text, String beginning) {
        assertMessage(
                fault("grpcAbort: {to: a, status: " + text + "}"),
                "faults[0].grpcAbort.status",
                "found '" + text + "'; " + beginning
                        + " a gRPC status other than OK, by name such as UNAVAILABLE or by number from 1 to 16");
    }

    @ParameterizedTest
    @CsvSource({
        "httpAbort,status,199,'an HTTP status, a whole number from 200 to 599'",
        "httpAbort,status,600,'an HTTP status, a whole number from 200 to 599'",
        "httpAbort,status,500.0,'an HTTP status, a whole number from 200 to 599'",
        "httpAbort,port,0,'a port, a whole number from 1 to 65535'",
        "httpAbort,port,65536,'a port, a whole number from 1 to 65535'",
        "httpAbort,port,http,'a port, a whole number from 1 to 65535'",
        "httpAbort,maxActive,0,'a number of requests, a whole number from 1 to 1000000'",
        "httpAbort,maxActive,9999999999,'a number of requests, a whole number from 1 to 1000000'",
    })
    void refusesNumbersOutOfRange(String kind, String field, String text, String expected) {
        String others = field.equals("status") ? "" : ", status: 500";
        assertMessage(
                fault(kind + ": {to: a" + others + ", " + field + ": " + text + "}"),
                "faults[0]." + kind + "." + field,
                "found '" + text + "'; expected " + expected);
    }

    @ParameterizedTest
    @CsvSource({"200", "599"})
    void readsTheOuterHttpStatuses(int status) {
        assertThat(Try.fault("httpAbort: {to: a, status: " + status + "}").describe("bookinfo"))
                .endsWith(" with " + status);
    }

    private static double max(String threshold) {
        return Try.threshold(threshold).judging().bounds().max().getAsDouble();
    }

    private static List<Problem> fault(String item) {
        return Try.problems(Try.WITHOUT_FAULTS + "faults: [" + item + "]");
    }

    private static List<Problem> threshold(String item) {
        return Try.problems(Try.withThreshold(item));
    }

    private static void assertMessage(List<Problem> problems, String field, String message) {
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).field()).isEqualTo(field);
        assertThat(problems.get(0).message().replaceAll("  +", " ")).isEqualTo(message.replaceAll("  +", " "));
    }
}
