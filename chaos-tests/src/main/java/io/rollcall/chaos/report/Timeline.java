package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/** What clients saw, second by second. Confined to one thread, or guarded by its owner. */
final class Timeline {

    /** A day: what lies behind counts for its last second. */
    static final int MAX_SECONDS = 86_400;

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final double MICROS_PER_MILLI = 1_000;

    /** Two digits: three would take ten times the memory, and an hour has 3,600 of them. */
    private static final int DIGITS = 2;

    private final List<Slot> slots = new ArrayList<>();

    void add(Ending ending, long endedNanos, long latencyNanos) {
        Slot slot = slot(Math.max(0, TimeUnit.NANOSECONDS.toSeconds(endedNanos)));
        switch (ending) {
            case ACKNOWLEDGED -> slot.acknowledged(TimeUnit.NANOSECONDS.toMicros(latencyNanos));
            case NOT_DONE -> slot.notDone++;
            case UNKNOWN -> slot.unknown++;
        }
    }

    /** One entry a second from the first to the last operation's, those without any operation as zeros. */
    List<Second> seconds(long elapsedMillis) {
        if (slots.isEmpty()) {
            return List.of();
        }
        slot(TimeUnit.MILLISECONDS.toSeconds(elapsedMillis));
        List<Second> seconds = new ArrayList<>(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            seconds.add(slots.get(i).second(i));
        }
        return seconds;
    }

    private Slot slot(long second) {
        int index = (int) Math.min(second, MAX_SECONDS - 1);
        while (slots.size() <= index) {
            slots.add(new Slot());
        }
        return slots.get(index);
    }

    private static final class Slot {

        private int notDone;
        private int unknown;
        private @Nullable IntCountsHistogram latencies;

        void acknowledged(long micros) {
            if (latencies == null) {
                latencies = new IntCountsHistogram(MAX_MICROS, DIGITS);
            }
            latencies.recordValue(Math.max(0, Math.min(micros, MAX_MICROS)));
        }

        Second second(int number) {
            IntCountsHistogram seen = latencies;
            if (seen == null) {
                return new Second(number, 0, notDone, unknown, 0, 0);
            }
            return new Second(
                    number,
                    (int) seen.getTotalCount(),
                    notDone,
                    unknown,
                    seen.getValueAtPercentile(50) / MICROS_PER_MILLI,
                    seen.getValueAtPercentile(99) / MICROS_PER_MILLI);
        }
    }
}
