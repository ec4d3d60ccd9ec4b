package io.jenkins.plugins.chaosgate.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine and the real Istio injector, on a cluster and a clock of the test's, through schedules in which everything
 * goes wrong that can. At length: {@code mvn test -Dtest=SchedulesTest -Dchaosgate.schedules=20000}; one schedule again:
 * {@code -Dchaosgate.schedules=1 -Dchaosgate.seed=…}.
 */
class SchedulesTest {

    private static final long FIRST = Long.getLong("chaosgate.seed", 1);
    private static final int SCHEDULES = Integer.getInteger("chaosgate.schedules", 300);

    @Test
    void whateverGoesWrongNothingStaysAndTheVerdictIsRight() {
        Map<String, Integer> ends = new TreeMap<>();
        Map<Schedule.Kind, Integer> kinds = new EnumMap<>(Schedule.Kind.class);
        long requests = 0;
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            Schedule schedule = Schedule.of(seed);
            Run run = new Run(schedule);
            try {
                String end = run.go().map(verdict -> verdict.kind().name()).orElse("DEAD");
                ends.merge(end, 1, Integer::sum);
                kinds.merge(schedule.kind(), 1, Integer::sum);
                if (SCHEDULES == 1) {
                    System.out.println(schedule + "\n" + run.story());
                }
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        failure.getMessage() + "\n\nreplay with -Dchaosgate.schedules=1 -Dchaosgate.seed=" + seed + "\n"
                                + schedule + "\n" + run.story(),
                        failure);
            }
            requests += run.requests();
        }
        System.out.println(SCHEDULES + " schedules, " + requests + " requests: " + ends + " " + kinds);
        if (SCHEDULES >= 300) {
            assertThat(ends).containsKeys("PASSED", "VIOLATED", "INCONCLUSIVE", "ABORTED", "ROLLBACK_FAILED", "DEAD");
        }
    }

    /** Schedules that few others are like: each tells when the code is broken in its own way. */
    @ParameterizedTest
    @CsvSource({
        "2009, the guard is not written down before it is made",
        "12124, a delete is believed without a look, and so is an answer of 404",
        "1077, what is not there is believed although it may still come in",
        "60072, the entry of a controller that died is closed before what it asked for can no longer come in"
    })
    void schedulesThatFoundDefects(long seed, String defect) {
        Run run = new Run(Schedule.of(seed));
        assertThatCode(run::go).as(defect).doesNotThrowAnyException();
    }

    @Test
    void aScheduleRunsTheSameWayEachTime() {
        for (long seed = 1; seed <= 5; seed++) {
            Run first = new Run(Schedule.of(seed));
            Run second = new Run(Schedule.of(seed));
            assertThat(first.go()).isEqualTo(second.go());
            assertThat(first.story()).isEqualTo(second.story());
        }
    }
}
