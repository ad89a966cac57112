package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The times of one kind of fault, drawn in one line.
 *
 * @param label the kind
 * @param marks from left to right, without overlap
 */
record FaultLane(String label, List<Mark> marks) {

    /** Narrower ones would not be seen on a phone. */
    private static final double MIN_WIDTH = 3;

    private static final int MAX_LANES = 12;
    private static final String REST = "other kinds";

    /**
     * One or several faults.
     *
     * @param from left edge
     * @param to right edge
     * @param faults how many
     * @param first the first of them, in words
     */
    record Mark(double from, double to, int faults, String first) {

        String title() {
            return faults == 1 ? first : first + " and " + (faults - 1) + " more";
        }
    }

    /** One lane a kind, in the order of their first fault; those that are too many share the last. */
    static List<FaultLane> of(List<FaultSpan> faults, TimeAxis axis) {
        Map<String, List<FaultSpan>> byKind = new LinkedHashMap<>();
        for (FaultSpan fault : faults) {
            boolean full = byKind.size() >= MAX_LANES - 1 && !byKind.containsKey(fault.kind());
            byKind.computeIfAbsent(full ? REST : fault.kind(), kind -> new ArrayList<>())
                    .add(fault);
        }
        List<FaultLane> lanes = new ArrayList<>();
        byKind.forEach((kind, some) -> lanes.add(new FaultLane(kind, marks(some, axis))));
        return lanes;
    }

    /** The times in which no operation was acknowledged, between the first and the last that was. */
    static FaultLane silences(List<Second> seconds, TimeAxis axis) {
        List<Mark> marks = new ArrayList<>();
        int lastAcknowledged = -1;
        for (int i = 0; i < seconds.size(); i++) {
            if (seconds.get(i).acknowledged() == 0) {
                continue;
            }
            int silent = i - lastAcknowledged - 1;
            if (lastAcknowledged >= 0 && silent > 0) {
                add(
                        marks,
                        axis.x((lastAcknowledged + 1) * 1_000L),
                        axis.x(i * 1_000L),
                        "nothing acknowledged for " + silent + " s from " + Wording.clock(lastAcknowledged + 1L));
            }
            lastAcknowledged = i;
        }
        return new FaultLane("nothing acknowledged", marks);
    }

    private static List<Mark> marks(List<FaultSpan> faults, TimeAxis axis) {
        List<Mark> marks = new ArrayList<>();
        faults.stream()
                .sorted(Comparator.comparingLong(FaultSpan::fromMillis))
                .forEach(fault -> add(marks, axis.x(fault.fromMillis()), axis.x(fault.toMillis()), words(fault)));
        return marks;
    }

    /** Adds a mark; one that touches its predecessor makes that longer instead. */
    private static void add(List<Mark> marks, double from, double to, String words) {
        double start = Math.min(from, TimeAxis.WIDTH - MIN_WIDTH);
        double end = Math.max(to, start + MIN_WIDTH);
        Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
        if (last != null && start <= last.to()) {
            marks.set(
                    marks.size() - 1, new Mark(last.from(), Math.max(last.to(), end), last.faults() + 1, last.first()));
        } else {
            marks.add(new Mark(start, end, 1, words));
        }
    }

    private static String words(FaultSpan fault) {
        return fault.kind() + " of " + fault.target() + ", " + Wording.moment(fault.fromMillis()) + " to "
                + Wording.moment(fault.toMillis())
                + (fault.proof().isEmpty() ? ", without proof" : ": " + fault.proof());
    }
}
