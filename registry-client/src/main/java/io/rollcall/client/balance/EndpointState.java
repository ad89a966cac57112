package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a process stands to one instance, for people to look at.
 *
 * @param instance as the registry told it last
 * @param standing why it gets calls or does not
 * @param share how much of the calls it gets beside the others, its weight in 64ths; 0 if it gets none
 * @param inFlight calls in flight
 * @param ejectedFor how long it will be left out; zero if it is not ejected
 */
public record EndpointState(Instance instance, Standing standing, int share, int inFlight, Duration ejectedFor) {

    /** The state of an instance of the list, with its endpoint if it gets calls. */
    static EndpointState of(Seat seat, @Nullable Endpoint inService, long nowNanos) {
        Track track = seat.track();
        return new EndpointState(
                seat.instance(),
                inService == null ? outBecause(seat) : Standing.IN_SERVICE,
                inService == null ? 0 : inService.share(),
                track.inFlight(),
                Duration.ofNanos(track.isEjected() ? Math.max(0, track.ejectedUntilNanos() - nowNanos) : 0));
    }

    private static Standing outBecause(Seat seat) {
        if (!seat.instance().status().takesTraffic()) {
            return Standing.NOT_SERVING;
        }
        if (seat.weight() == 0) {
            return Standing.WITHOUT_WEIGHT;
        }
        return seat.isTrusted() || seat.track().isEjected() ? Standing.EJECTED : Standing.SUSPECT;
    }
}
