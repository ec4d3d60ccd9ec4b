package io.jenkins.plugins.chaosgate.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Requests that really happened at a few proxies, and what a Prometheus came to know of them: proxies restart, come and
 * go, scrapes fail, samples are lost or come late (of a whole proxy, or of one series), and some proxies are scraped by two
 * jobs. Requests that no scrape could ever show,
 * those right before a restart or a death, are left out.
 */
final class TrueTraffic {
    static final int END = 200;
    private static final String[] BOUNDS = {"100", "2.5e2", "+Inf"};

    /** What happened at one second: good, failed, slow. */
    private record Requests(int good, int failed, int slow) {}

    /** How much there was after the last scrape before a window up to the last one in it. */
    record Truth(int failed, int total, int slow) {}

    private final Random random;
    private final FakePrometheus prometheus;
    /** Whether some restart left no trace: all counters were soon as large as before. */
    boolean unknowable;

    private final List<TreeMap<Integer, Requests>> happened = new ArrayList<>();
    private final List<TreeMap<Integer, Boolean>> scrapes = new ArrayList<>();
    /** By how many seconds all samples of a proxy come late. */
    private final List<Integer> lateness = new ArrayList<>();

    TrueTraffic(Random random, FakePrometheus prometheus) {
        this.random = random;
        this.prometheus = prometheus;
        int proxies = 1 + random.nextInt(3);
        for (int proxy = 0; proxy < proxies; proxy++) {
            proxy(proxy);
        }
    }

    /** Counts as the requests were made, whatever Prometheus knows. */
    Truth truth(int from, int to) {
        int failed = 0;
        int total = 0;
        int slow = 0;
        for (int proxy = 0; proxy < happened.size(); proxy++) {
            TreeMap<Integer, Boolean> good = new TreeMap<>(scrapes.get(proxy));
            good.values().removeIf(success -> !success);
            Integer base = good.floorKey(from);
            Integer last = good.floorKey(to - lateness.get(proxy));
            if (last == null || base != null && base >= last) {
                continue;
            }
            for (Requests requests : happened.get(proxy)
                    .subMap(base == null ? from : base, false, last, true)
                    .values()) {
                failed += requests.failed();
                total += requests.good() + requests.failed();
                slow += requests.slow();
            }
        }
        return new Truth(failed, total, slow);
    }

    private void proxy(int index) {
        int birth = random.nextInt(3) == 0 ? 20 + random.nextInt(100) : 0;
        int death = random.nextInt(4) == 0 ? 120 + random.nextInt(70) : END;
        int interval = 2 + random.nextInt(4);
        // Prometheus may find a proxy late, when it has counted already.
        int found = birth + (random.nextBoolean() ? 1 : random.nextInt(10));
        boolean failsOften = random.nextInt(5) == 0;
        boolean showsZeros = random.nextBoolean();
        boolean busy = random.nextInt(4) != 0;
        TreeMap<Integer, Requests> requests = new TreeMap<>();
        TreeMap<Integer, Boolean> looks = new TreeMap<>();
        Columns columns = new Columns(showsZeros);
        int good = 0;
        int failed = 0;
        int slow = 0;
        int lastScrape = -2;
        for (int second = birth; second < death; second++) {
            boolean scraped = second >= found && (second - found) % interval == 0;
            // Nothing happens after the last scrape of a life, since nobody could know of it.
            boolean lastOfLife = second > death - 2 * interval;
            if (lastScrape == second - 1 && looks.get(lastScrape) && random.nextInt(30) == 0) {
                good = 0;
                failed = 0;
                slow = 0;
                columns.restarted = true;
            }
            if (!lastOfLife && random.nextInt(3) == 0) {
                Requests now = new Requests(
                        busy ? random.nextInt(10) : 0,
                        random.nextInt(6) == 0 ? random.nextInt(3) : 0,
                        random.nextInt(2));
                now = new Requests(now.good(), now.failed(), Math.min(now.slow(), now.good()));
                requests.put(second, now);
                good += now.good();
                failed += now.failed();
                slow += now.slow();
            }
            if (scraped) {
                boolean success = !(failsOften ? random.nextInt(3) == 0 : random.nextInt(20) == 0) || lastOfLife;
                looks.put(second, success);
                columns.up(second, success);
                if (success) {
                    columns.add(second, good, failed, slow);
                } else {
                    columns.end(second);
                }
                lastScrape = second;
            }
        }
        happened.add(requests);
        scrapes.add(looks);
        int late = random.nextInt(6) == 0 ? 1 + random.nextInt(60) : 0;
        lateness.add(late);
        if (death < END) {
            columns.up.add(new double[] {death, Double.NaN});
            columns.end(death);
        }
        columns.publish(index, late);
        if (late == 0 && random.nextInt(5) == 0) {
            columns.publish(index + 100, 0);
        }
    }

    /** The samples of one proxy's series. */
    private final class Columns {
        private final boolean showsZeros;
        private boolean restarted;
        private double[] before;
        private final List<double[]> up = new ArrayList<>();
        private final List<double[]> rows = new ArrayList<>();

        Columns(boolean showsZeros) {
            this.showsZeros = showsZeros;
        }

        void up(int second, boolean success) {
            up.add(new double[] {second, success ? 1 : 0});
        }

        void add(int second, int good, int failed, int slow) {
            int all = good + failed;
            if (restarted) {
                unknowable |= good >= before[1] && failed >= before[2] || all - slow >= before[4] && all >= before[5];
                restarted = false;
            }
            before =
                    new double[] {second, good, failed, (all - slow) / 2.0 - ((all - slow) % 2) / 2.0, all - slow, all};
            rows.add(before);
        }

        /** Nothing was scraped: Prometheus marks all series as ended. */
        void end(int second) {
            double[] none = new double[6];
            Arrays.fill(none, Double.NaN);
            none[0] = second;
            rows.add(none);
        }

        /** @param late of all series, in seconds; 0 lets one of them be late sometimes */
        void publish(int job, int late) {
            int alone = late == 0 && random.nextInt(4) == 0 ? random.nextInt(5) : -1;
            int itsLateness = 1 + random.nextInt(60);
            IntUnaryOperator of = series -> series == alone ? itsLateness : late;
            String target = "job=" + job / 100 + ";instance=i" + job % 100 + ";pod=p" + job % 100;
            String labels = target + ";reporter=destination;destination_app=reviews;destination_version=v2;"
                    + "destination_workload_namespace=bookinfo;response_flags=-;";
            prometheus.late(late, "up", target.replaceAll(";pod=.*", ""), pairs(up, 1, 1));
            for (int code = 0; code < 2; code++) {
                prometheus.late(
                        of.applyAsInt(code),
                        "istio_requests_total",
                        labels + "response_code=" + (code == 0 ? 200 : 500),
                        pairs(rows, 1 + code, 1 + code));
            }
            for (int bound = 0; bound < BOUNDS.length; bound++) {
                // All buckets are there as soon as one request was counted.
                prometheus.late(
                        of.applyAsInt(2 + bound),
                        "istio_request_duration_milliseconds_bucket",
                        labels + "le=" + BOUNDS[bound],
                        pairs(rows, 3 + bound, 5));
            }
        }

        /** One column; where another one is zero the series is not there, unless zeros are shown. */
        private double[] pairs(List<double[]> table, int column, int nonZero) {
            return table.stream()
                    .flatMap(row ->
                            Stream.of(row[0], showsZeros || table == up || row[nonZero] > 0 ? row[column] : Double.NaN))
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }
}
