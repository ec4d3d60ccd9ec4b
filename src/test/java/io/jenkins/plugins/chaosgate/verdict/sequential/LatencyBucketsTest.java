package io.jenkins.plugins.chaosgate.verdict.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final LatencyBuckets BUCKETS = buckets(Map.of(0.25, 60L, 0.5, 80L, 1.0, 95L, INF, 100L));

    private static LatencyBuckets buckets(Map<Double, Long> cumulative) {
        return new LatencyBuckets(new TreeMap<>(cumulative));
    }

    @Test
    void isExactAtAnEdge() {
        assertThat(BUCKETS.slowerThan(0.5)).isEqualTo(Count.of(20, 100));
        assertThat(BUCKETS.slowerThan(1)).isEqualTo(Count.of(5, 100));
        assertThat(BUCKETS.roughlySlowerThan(0.5)).isEqualTo(20);
    }

    @Test
    void isBoundedBetweenEdges() {
        assertThat(BUCKETS.slowerThan(0.3)).isEqualTo(new Count(20, 40, 100));
        assertThat(BUCKETS.roughlySlowerThan(0.3)).isCloseTo(36, within(1e-9));
    }

    @Test
    void knowsNothingOutsideTheEdges() {
        assertThat(BUCKETS.slowerThan(0.1)).as("below the first").isEqualTo(new Count(40, 100, 100));
        assertThat(BUCKETS.roughlySlowerThan(0.1)).isCloseTo(76, within(1e-9));
        assertThat(BUCKETS.slowerThan(3)).as("above the last").isEqualTo(new Count(0, 5, 100));
        assertThat(BUCKETS.roughlySlowerThan(3)).isEqualTo(5);
        assertThat(buckets(Map.of(INF, 7L)).slowerThan(1)).isEqualTo(new Count(0, 7, 7));
        assertThat(buckets(Map.of(INF, 0L)).slowerThan(1)).isEqualTo(Count.NONE);
    }

    @Test
    void theLimitOfAQuantileIsNotRounded() {
        assertThat(LatencyBuckets.limitOf(0.99)).isEqualTo(0.01);
        assertThat(LatencyBuckets.limitOf(0.999)).isEqualTo(0.001);
        assertThat(LatencyBuckets.limitOf(0.5)).isEqualTo(0.5);
    }

    @Test
    void refusesWhatIsNoHistogram() {
        assertThatThrownBy(() -> buckets(Map.of(1.0, 5L))).hasMessageContaining("+Inf bucket");
        assertThatThrownBy(() -> buckets(Map.of())).hasMessageContaining("+Inf bucket");
        assertThatThrownBy(() -> buckets(Map.of(1.0, 5L, INF, 4L))).hasMessageContaining("4 at le=Infinity after 5");
        assertThatThrownBy(() -> buckets(Map.of(1.0, -1L, INF, 4L))).hasMessageContaining("-1 at le=1.0");
        assertThatThrownBy(() -> buckets(Map.of(1.0, 1L, INF, 4L, Double.NaN, 4L)))
                .hasMessageContaining("+Inf bucket");
    }
}
