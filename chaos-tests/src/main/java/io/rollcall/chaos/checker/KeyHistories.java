package io.rollcall.chaos.checker;

import io.rollcall.chaos.checker.InstanceModel.Answer;
import io.rollcall.chaos.checker.InstanceModel.Ask;
import io.rollcall.chaos.checker.InstanceModel.State;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Observation.Action;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The check that each instance, by itself, behaved as if its requests had come one after the other. */
final class KeyHistories {

    /** A history that holds takes some four steps for each of its hundred operations. */
    private static final long STEPS_MAX = 2_000_000;

    private KeyHistories() {}

    /** What is known of one instance. */
    private static final class Track {

        private final InstanceRef key;
        private final List<Operation<Ask, Answer>> operations = new ArrayList<>();

        // When it was written to.
        private long from = Long.MAX_VALUE;
        private long to;

        private Track(InstanceRef key) {
            this.key = key;
        }

        private void written(Observation write) {
            from = Math.min(from, write.calledNanos());
            to = Math.max(to, write.returnedNanos());
        }

        /** A list long before or after says nothing, unless it shows the instance or is the last word. */
        private boolean isConcernedBy(Observation list) {
            boolean meets = list.calledNanos() <= to && list.returnedNanos() >= from;
            return meets || list.seen().containsKey(key.id()) || list.isFinal();
        }
    }

    static void check(List<Observation> history, Findings findings) {
        LinearizabilityChecker<State, Ask, Answer> checker =
                new LinearizabilityChecker<>(new InstanceModel(), STEPS_MAX);
        for (Track track : tracks(history).values()) {
            findings.count(Figure.KEYS_CHECKED, 1);
            findings.count(Figure.OPERATIONS_CHECKED, track.operations.size());
            Linearizability<Ask, Answer> verdict = checker.check(track.operations);
            if (verdict instanceof Linearizability.Undecided) {
                findings.count(Figure.KEYS_UNDECIDED, 1);
            } else if (verdict instanceof Linearizability.Violated<Ask, Answer> violated) {
                findings.violated(Figure.KEYS_NOT_LINEARIZABLE, explain(track, violated));
            }
        }
    }

    private static Map<InstanceRef, Track> tracks(List<Observation> history) {
        Map<InstanceRef, Track> tracks = new HashMap<>();
        for (Observation seen : history) {
            if (seen.isWrite()) {
                tracks.computeIfAbsent(seen.target(), Track::new).written(seen);
            }
        }
        Map<String, List<Track>> ofService =
                tracks.values().stream().collect(Collectors.groupingBy(track -> track.key.service()));
        for (Observation seen : history) {
            if (seen.action() == Action.LIST) {
                addListed(ofService.getOrDefault(seen.target().service(), List.of()), seen);
            } else {
                Track track = tracks.get(seen.target());
                Operation<Ask, Answer> operation = operation(seen);
                if (track != null && operation != null) {
                    track.operations.add(operation);
                }
            }
        }
        return tracks;
    }

    private static void addListed(List<Track> tracks, Observation list) {
        if (list.linearizable() && list.verdict() == Verdict.DONE) {
            for (Track track : tracks) {
                if (track.isConcernedBy(list)) {
                    String value = list.seen().get(track.key.id());
                    track.operations.add(answered(list, new Ask.Read(), new Answer.Seen(value)));
                }
            }
        }
    }

    private static @Nullable Operation<Ask, Answer> operation(Observation seen) {
        if (!seen.isWrite()) {
            boolean counts = seen.linearizable() && seen.verdict() == Verdict.DONE;
            return counts
                    ? answered(
                            seen,
                            new Ask.Read(),
                            new Answer.Seen(seen.seen().get(seen.target().id())))
                    : null;
        }
        Ask ask = ask(seen);
        return switch (seen.verdict()) {
            case DONE -> answered(seen, ask, ask instanceof Ask.Remove ? new Answer.Removed(true) : new Answer.Done());
            case REFUSED ->
                answered(seen, ask, ask instanceof Ask.Remove ? new Answer.Removed(false) : new Answer.Refused());
            case UNKNOWN -> Operation.unknown(seen.session(), ask, seen.calledNanos());
            case NOT_DONE -> null;
        };
    }

    private static Ask ask(Observation seen) {
        return switch (seen.action()) {
            case REGISTER -> new Ask.Put(seen.value());
            case CREATE -> new Ask.Swap(null, seen.value());
            case SWAP -> new Ask.Swap(seen.expected(), seen.value());
            case DEREGISTER -> new Ask.Remove();
            case READ, LIST -> new Ask.Read();
        };
    }

    private static Operation<Ask, Answer> answered(Observation seen, Ask ask, Answer answer) {
        return new Operation<>(seen.session(), ask, answer, seen.calledNanos(), seen.returnedNanos());
    }

    private static String explain(Track track, Linearizability.Violated<Ask, Answer> violated) {
        List<Operation<Ask, Answer>> longest = violated.longest();
        List<Operation<Ask, Answer>> tail = longest.subList(Math.max(0, longest.size() - 5), longest.size());
        return track.key + " is not linearizable: of " + track.operations.size() + " operations " + longest.size()
                + " are explained, the last ones: " + tail;
    }
}
