package io.rollcall.bench.suite;

import io.rollcall.bench.load.LoadResult;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Contenders measured in turn, round by round, so that what disturbs the machine disturbs all of them. */
final class Rounds {

    private static final int WARM_UP_SLICES = 2;

    private record Round(LoadResult result, double ratePerSecond, double serverMicros, double driverMicros) {}

    private final String figure;
    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

    private Rounds(String figure) {
        this.figure = figure;
    }

    /** Warms all contenders up alike, then measures them in turn; each round begins with another one. */
    static Rounds measure(String figure, SuiteOptions options, List<Contender> contenders) {
        var measured = new Rounds(figure);
        Progress.say(figure + ": warming up");
        for (var slice = 0; slice < WARM_UP_SLICES && !options.warmUp().isZero(); slice++) {
            contenders.forEach(
                    contender -> contender.load().drive(options.warmUp().dividedBy(WARM_UP_SLICES)));
        }
        for (var round = 0; round < options.rounds(); round++) {
            for (var turn = 0; turn < contenders.size(); turn++) {
                measured.measure(contenders.get((round + turn) % contenders.size()), options.roundTime());
            }
        }
        return measured;
    }

    /** Adds a line for each contender: answers a second, or what they count for. */
    void addRates(Report report) {
        rounds.forEach((name, ofOne) -> report.add(row(name, "1/s", rates(name), latencyDetails(name, ofOne), null)));
    }

    /** Adds a line for each contender: the median latency. */
    void addMedianLatencies(Report report, Function<String, @Nullable Target> targetOf) {
        rounds.forEach((name, ofOne) -> report.add(row(
                name,
                "ms",
                series(name, result -> result.latencyMillis(50)),
                Map.of("p99 ms", series(name, result -> result.latencyMillis(99))),
                targetOf.apply(name))));
    }

    /** Adds the ratio of two contenders' rates; nothing if the base took no part. */
    void addRatio(Report report, String name, String base, @Nullable Target target) {
        if (rounds.containsKey(base)) {
            var ratio = rates(name).dividedBy(rates(base));
            report.add(Row.of(figure, name + " / " + base, "x", ratio, target));
        }
    }

    private void measure(Contender contender, Duration time) {
        var serverBefore = contender.cpu().get();
        var driverBefore = driverCpu();
        var result = contender.load().drive(time);
        var units =
                contender.unitsPerAnswer() * Math.max(1, result.latencyMicros().getTotalCount());
        var round = new Round(
                result,
                contender.unitsPerAnswer() * result.ratePerSecond(),
                contender.cpu().get().minus(serverBefore).toNanos() / 1e3 / units,
                driverCpu().minus(driverBefore).toNanos() / 1e3 / units);
        rounds.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(round);
        Progress.say(String.format(
                Locale.ROOT,
                "%s: %s: %.0f/s, p50 %.2f ms, p99 %.2f ms%s",
                figure,
                contender.name(),
                round.ratePerSecond(),
                result.latencyMillis(50),
                result.latencyMillis(99),
                result.failed() == 0 ? "" : ", failed " + result.failures()));
    }

    private Row row(String name, String unit, Series value, Map<String, Series> details, @Nullable Target target) {
        var failures = new TreeMap<String, Long>();
        for (var round : roundsOf(name)) {
            round.result().failures().forEach((what, count) -> failures.merge(what, count, Long::sum));
        }
        return new Row(figure, name, unit, value, details, failures, target);
    }

    private Map<String, Series> latencyDetails(String name, List<Round> ofOne) {
        var details = new LinkedHashMap<String, Series>();
        details.put("p50 ms", series(name, result -> result.latencyMillis(50)));
        details.put("p99 ms", series(name, result -> result.latencyMillis(99)));
        details.put("body bytes", series(name, LoadResult::meanBodyBytes));
        details.put(
                "server cpu us",
                new Series(ofOne.stream().map(Round::serverMicros).toList()));
        details.put(
                "driver cpu us",
                new Series(ofOne.stream().map(Round::driverMicros).toList()));
        return details;
    }

    private Series rates(String name) {
        return new Series(roundsOf(name).stream().map(Round::ratePerSecond).toList());
    }

    private Series series(String name, ToDoubleFunction<LoadResult> value) {
        return new Series(roundsOf(name).stream()
                .map(round -> value.applyAsDouble(round.result()))
                .toList());
    }

    private List<Round> roundsOf(String name) {
        return rounds.getOrDefault(name, List.of());
    }

    private static Duration driverCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
