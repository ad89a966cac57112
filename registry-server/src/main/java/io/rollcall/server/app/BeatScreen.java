package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.BeatOwners.Standing;
import io.rollcall.server.app.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the beats of one request from the leader that the caller may not send. Not thread-safe. */
final class BeatScreen {

    private static final BeatResult.Unconfirmed NOT_CURRENT =
            new BeatResult.Unconfirmed(ErrorCode.NO_LEADER, Heartbeats.NOT_CURRENT);

    private enum Verdict {
        PASSED,
        DENIED,
        UNSURE,
        ABSENT,
        ANOTHERS,
        UNCONFIRMED
    }

    private final List<Beat> beats;
    private final Caller caller;
    private final BeatOwners owners;
    private final List<Verdict> verdicts;
    private boolean isClear = true;

    /** Takes a tally of a beat that was passed on. */
    interface Taking {
        void take(BeatTally.Count count, Beat beat, BeatResult result);
    }

    BeatScreen(List<Beat> beats, Caller caller, BeatOwners owners, Predicate<ServiceKey> allows) {
        this.beats = beats;
        this.caller = caller;
        this.owners = owners;
        this.verdicts = new ArrayList<>(beats.size());
        boolean asksOwners = BeatOwners.areAskedOf(caller);
        // Most beats of a request are of the service of the beat before.
        @Nullable ServiceKey last = null;
        boolean isAllowed = false;
        for (Beat beat : beats) {
            ServiceKey service = beat.key().service();
            if (!service.equals(last)) {
                isAllowed = allows.test(service);
                last = service;
            }
            Verdict verdict = isAllowed ? Verdict.PASSED : Verdict.DENIED;
            if (isAllowed && asksOwners && owners.standing(beat, caller) != Standing.OWN) {
                verdict = Verdict.UNSURE;
                isClear = false;
            }
            verdicts.add(verdict);
        }
    }

    /** Whether nothing has to be looked at again. */
    boolean isClear() {
        return isClear;
    }

    /** Looks again at what was not sure; what this node says now is true, unless it could not be made current. */
    void lookAgain(boolean isCurrent) {
        for (int i = 0; i < beats.size(); i++) {
            if (verdicts.get(i) == Verdict.UNSURE) {
                verdicts.set(i, isCurrent ? second(beats.get(i)) : Verdict.UNCONFIRMED);
            }
        }
    }

    private Verdict second(Beat beat) {
        return switch (owners.standing(beat, caller)) {
            case OWN, AHEAD -> Verdict.PASSED;
            case ABSENT -> Verdict.ABSENT;
            case ANOTHERS -> Verdict.ANOTHERS;
        };
    }

    /** What goes to the leader, in order. */
    List<Beat> passed() {
        List<Beat> passed = new ArrayList<>(beats.size());
        for (int i = 0; i < beats.size(); i++) {
            if (verdicts.get(i) == Verdict.PASSED) {
                passed.add(beats.get(i));
            }
        }
        return passed;
    }

    /** Counts all, in the order of the request; those that were passed on by their results. */
    void tally(List<BeatResult> results, BeatTally.Count count, Taking taking) {
        int next = 0;
        for (int i = 0; i < beats.size(); i++) {
            Beat beat = beats.get(i);
            switch (verdicts.get(i)) {
                case PASSED -> taking.take(count, beat, results.get(next++));
                case DENIED -> count.failed(beat.key(), ErrorCode.PERMISSION_DENIED, Heartbeats.RETRY, null);
                case ABSENT -> count.failed(beat.key(), ErrorCode.INSTANCE_NOT_FOUND, Heartbeats.REREGISTER, null);
                case ANOTHERS -> count.failed(beat.key(), ErrorCode.NOT_OWNER, Heartbeats.STOP, null);
                case UNSURE, UNCONFIRMED -> count.unconfirmed(beat.key(), NOT_CURRENT);
            }
        }
    }
}
