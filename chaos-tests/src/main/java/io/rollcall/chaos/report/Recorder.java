package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The notes of one scenario while it runs. Thread-safe; passed to whoever has something to note. */
public final class Recorder {

    /** Longest reason that is kept; a stack trace of all causes fits. */
    public static final int MAX_REASON_LENGTH = 40_000;

    /** Most samples of one name that are kept. */
    public static final int MAX_SAMPLES = 1_000_000;

    private final String name;
    private final String title;
    private final LongSupplier clock;
    private final long startedAtMillis;
    private final long startedNanos;
    private final Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    private final Map<String, List<Long>> samples = new TreeMap<>();
    private final List<OpenFault> faults = new ArrayList<>();
    private final Timeline timeline = new Timeline();
    private long seed;

    /**
     * Notes of a scenario that starts now.
     *
     * @param name unique within the run, such as {@code PowerLossIT.leaderLosesPower}
     * @param title one sentence on what is tried
     * @param seed repeats it; 0 if nothing in it is random or the seed is told later
     */
    public Recorder(String name, String title, long seed) {
        this(name, title, seed, System::nanoTime, System.currentTimeMillis());
    }

    Recorder(String name, String title, long seed, LongSupplier clock, long startedAtMillis) {
        this.name = name;
        this.title = title;
        this.seed = seed;
        this.clock = clock;
        this.startedAtMillis = startedAtMillis;
        this.startedNanos = clock.getAsLong();
    }

    /**
     * Returns what the scenario is called.
     *
     * @return unique within the run
     */
    public String name() {
        return name;
    }

    /**
     * Tells the seed, where it is drawn after the start.
     *
     * @param drawn repeats the scenario
     */
    public synchronized void seed(long drawn) {
        seed = drawn;
    }

    /**
     * Adds to a figure. Adding zero makes it appear in the report as something that was looked at.
     *
     * @param figure which
     * @param more 0 or more
     */
    public synchronized void count(Figure figure, long more) {
        if (more < 0) {
            throw new IllegalArgumentException("cannot count " + more + " " + figure.label());
        }
        figures.merge(figure, more, Long::sum);
    }

    /**
     * Adds a sample of how long something took.
     *
     * @param what the same words for the same thing, such as {@code time without a write after a leader's death}
     * @param sample in milliseconds; what lies beyond {@value #MAX_SAMPLES} of one name is dropped
     */
    public synchronized void millis(String what, long sample) {
        List<Long> all = samples.computeIfAbsent(what, key -> new ArrayList<>());
        if (all.size() < MAX_SAMPLES) {
            all.add(sample);
        }
    }

    /**
     * Begins a fault.
     *
     * @param kind such as {@code kill}; few different ones, since the report counts by them
     * @param target what it hits, such as {@code n2 (leader)}
     * @return to be closed when the fault is healed; one that is not lasts until the end of the scenario
     */
    public synchronized OpenFault fault(String kind, String target) {
        OpenFault fault = new OpenFault(this, kind, target, elapsedMillis());
        faults.add(fault);
        return fault;
    }

    /**
     * Adds an operation to the clients' view over time. It changes no figure: those are counted by {@link #count}.
     *
     * @param ending how it ended
     * @param endNanos when, as {@link System#nanoTime} says
     * @param latencyNanos how long it took; counts for the acknowledged ones
     */
    public synchronized void operation(Ending ending, long endNanos, long latencyNanos) {
        timeline.add(ending, endNanos - startedNanos, latencyNanos);
    }

    /**
     * Returns how long the scenario has been running.
     *
     * @return milliseconds since its start
     */
    public long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - startedNanos);
    }

    /**
     * Sums up. What is noted later is in no result.
     *
     * @param verdict how it ended
     * @param reason why it failed or was skipped, cut at {@value #MAX_REASON_LENGTH} characters; empty if it passed
     * @return what the scenario came to
     */
    public synchronized ScenarioResult finish(Verdict verdict, String reason) {
        long tookMillis = elapsedMillis();
        Map<String, List<Long>> copies = new TreeMap<>();
        samples.forEach((what, all) -> copies.put(what, List.copyOf(all)));
        String kept = reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "\n…";
        return new ScenarioResult(
                name,
                title,
                seed,
                verdict,
                kept,
                startedAtMillis,
                tookMillis,
                figures,
                copies,
                faults.stream().map(fault -> fault.span(tookMillis)).toList(),
                timeline.seconds(tookMillis));
    }
}
