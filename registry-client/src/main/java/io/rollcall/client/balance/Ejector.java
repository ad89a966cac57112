package io.rollcall.client.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Who is left out for having failed, never more than the rule allows. Belongs to who holds the lock. */
final class Ejector {

    private final Ejection rule;
    private int eligible;
    private List<Track> tracks = List.of();
    private final List<Track> out = new ArrayList<>();

    Ejector(Ejection rule) {
        this.rule = rule;
    }

    /** A new list: ends what is over, and what the list has become too short for, those first that would return first. */
    void inspect(List<Seat> seats, long nowNanos) {
        eligible = seats.size();
        tracks = seats.stream().map(Seat::track).toList();
        out.clear();
        for (Track track : tracks) {
            if (track.isEjected()) {
                out.add(track);
            }
        }
        endDue(nowNanos);
        out.sort(Comparator.comparingLong(track -> track.ejectedUntilNanos() - nowNanos));
        while (out.size() > rule.allowed(eligible)) {
            out.remove(0).endEjection(rule, nowNanos);
        }
    }

    /** Ejects one that has failed too often, if the rule allows one more. */
    boolean eject(Track track, long nowNanos) {
        endDue(nowNanos);
        if (track.isEjected() || out.size() >= rule.allowed(eligible) || !isEligible(track)) {
            return false;
        }
        track.eject(rule, nowNanos);
        out.add(track);
        return true;
    }

    /** Ends the ejection of one that has shown that it works. */
    boolean restore(Track track, long nowNanos) {
        if (!track.isEjected()) {
            return false;
        }
        track.endEjection(rule, nowNanos);
        track.succeeded();
        out.remove(track);
        return true;
    }

    /** How long until the next one is to return; empty if none is out. */
    OptionalLong nanosToFirstReturn(long nowNanos) {
        return out.stream()
                .mapToLong(track -> track.ejectedUntilNanos() - nowNanos)
                .min();
    }

    private void endDue(long nowNanos) {
        out.removeIf(track -> {
            boolean isDue = track.ejectedUntilNanos() - nowNanos <= 0;
            if (isDue) {
                track.endEjection(rule, nowNanos);
            }
            return isDue;
        });
    }

    private boolean isEligible(Track track) {
        return tracks.contains(track);
    }
}
