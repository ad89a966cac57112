package io.rollcall.chaos.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One thing that must never happen, and how often it was looked for.
 *
 * @param violation what was looked for
 * @param state what came of it
 * @param found how often it happened
 * @param trials how often it could have happened; empty if nobody counted
 * @param trialsLabel what the trials are; empty if nobody counts them
 * @param remark what else has to be said; mostly empty
 */
record ZeroCheck(Figure violation, State state, long found, OptionalLong trials, String trialsLabel, String remark) {

    enum State {
        HELD("held"),
        BROKEN("broken"),
        NOT_CHECKED("not checked");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** All figures that must be zero, also those that nobody looked at. */
    static List<ZeroCheck> of(RunReport report) {
        return Stream.of(Figure.values())
                .filter(Figure::mustBeZero)
                .map(violation -> of(report, violation))
                .toList();
    }

    private static ZeroCheck of(RunReport report, Figure violation) {
        OptionalLong found = report.total(violation);
        Optional<Figure> trialsFigure = trials(violation);
        OptionalLong trials =
                trialsFigure.map(figure -> report.totalWhere(figure, violation)).orElse(OptionalLong.empty());
        return new ZeroCheck(
                violation,
                state(found, trials),
                found.orElse(0),
                trials,
                trialsFigure.map(Figure::label).orElse(""),
                remark(report, violation, trials));
    }

    private static State state(OptionalLong found, OptionalLong trials) {
        if (found.orElse(0) != 0) {
            return State.BROKEN;
        }
        // Zero of zero is no proof of anything.
        boolean looked = found.isPresent() && trials.orElse(1) > 0;
        return looked ? State.HELD : State.NOT_CHECKED;
    }

    private static Optional<Figure> trials(Figure violation) {
        return Optional.ofNullable(
                switch (violation) {
                    case LOST -> Figure.ACKNOWLEDGED_WRITES;
                    case DOUBLED -> Figure.REPETITIONS;
                    case DISHONEST -> Figure.NOT_DONE;
                    case KEYS_NOT_LINEARIZABLE -> Figure.KEYS_CHECKED;
                    case INDEX_ORDER_VIOLATIONS -> Figure.INDEX_ORDER_CHECKED;
                    case READS_AT_INDEX_WRONG -> Figure.READS_AT_INDEX_CHECKED;
                    case SESSION_REGRESSIONS -> Figure.SESSION_ANSWERS;
                    case HASH_MISMATCHES -> Figure.HASHES_COMPARED;
                    case HEALTHY_EXPIRED, BEATS_ANSWERED_WRONG -> Figure.BEATS;
                    case SILENT_SHOWN -> Figure.SILENCES;
                    case RESURRECTED -> Figure.EXPIRIES;
                    case VERDICTS_UNFOUNDED -> Figure.VERDICTS;
                    case WATCH_GAPS, WATCH_DUPLICATES, WATCH_MISSED, WATCH_WRONG, WATCH_WENT_BACK, WATCH_IDS_WRONG ->
                        Figure.WATCH_EVENTS;
                    case WATCH_USELESS -> Figure.WATCH_EVENTS;
                    case LOOKUPS_EMPTY -> Figure.LOOKUPS;
                    case CALLS_FAILED -> Figure.CALLS;
                    case TRIES_ASTRAY -> Figure.TRIES;
                    case REGISTRATIONS_LOST -> Figure.REGISTRATION_LOOKS;
                    default -> null;
                });
    }

    private static String remark(RunReport report, Figure violation, OptionalLong trials) {
        if (violation == Figure.LOST && report.total(violation).orElse(-1) == 0 && trials.orElse(0) > 0) {
            return "rate of loss " + Wording.upperBound(trials.getAsLong());
        }
        if (trials.isEmpty()
                && report.total(violation).isPresent()
                && trials(violation).isPresent()) {
            return "how often it could have happened was not counted";
        }
        if (violation == Figure.KEYS_NOT_LINEARIZABLE && trials.orElse(0) > 0) {
            long undecided = report.total(Figure.KEYS_UNDECIDED).orElse(0);
            return Wording.count(report.total(Figure.OPERATIONS_CHECKED).orElse(0), "operation") + ", undecided "
                    + Wording.count(undecided) + " (" + Wording.percent(undecided, trials.getAsLong()) + ")";
        }
        return "";
    }

    /** The figure and its trials: {@code 0 of 184,220}. */
    String foundOfTrials() {
        if (state == State.NOT_CHECKED) {
            return "–";
        }
        return Wording.count(found) + (trials.isPresent() ? " of " + Wording.count(trials.getAsLong()) : "");
    }
}
