package io.rollcall.client.balance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The endpoints that may get a call now. Immutable, in the order of the list that they come from; none has share 0. */
public final class Candidates {

    private final Endpoint[] endpoints;
    private final long totalShare;
    private final Set<String> zones;
    private final ZoneLoad[] loads;

    /**
     * Candidates.
     *
     * @param endpoints those that may get a call
     * @param zones of all instances known, also of those that may get none
     */
    Candidates(List<Endpoint> endpoints, Set<String> zones) {
        this.endpoints = endpoints.toArray(Endpoint[]::new);
        this.zones = zones;
        long total = 0;
        Set<ZoneLoad> their = new LinkedHashSet<>();
        for (Endpoint endpoint : endpoints) {
            total += endpoint.share();
            their.add(endpoint.track().zoneLoad());
        }
        this.totalShare = total;
        this.loads = their.toArray(ZoneLoad[]::new);
    }

    /**
     * Returns how many there are.
     *
     * @return 0 or more
     */
    public int size() {
        return endpoints.length;
    }

    /**
     * Returns one of them.
     *
     * @param i 0 to {@link #size()} - 1
     * @return the endpoint
     */
    public Endpoint endpoint(int i) {
        return endpoints[i];
    }

    /**
     * Returns the sum of {@link Endpoint#share()}.
     *
     * @return 0 if there are none
     */
    public long totalShare() {
        return totalShare;
    }

    /**
     * Returns the zones of all instances known, also of those that get no calls now.
     *
     * @return immutable; without the empty zone
     */
    public Set<String> zones() {
        return zones;
    }

    /**
     * Returns the calls that this process has in flight to the zones of the candidates.
     *
     * @return 0 or more, as of now
     */
    public long inFlight() {
        long sum = 0;
        for (ZoneLoad load : loads) {
            sum += load.inFlight();
        }
        return Math.max(sum, 0);
    }

    /**
     * Returns some of them, for a balancer that wraps another.
     *
     * @param which those to keep
     * @return other candidates
     */
    public Candidates only(Predicate<Endpoint> which) {
        List<Endpoint> kept = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            if (which.test(endpoint)) {
                kept.add(endpoint);
            }
        }
        return new Candidates(kept, zones);
    }

    /** Any that the context does not exclude: the way out when the usual picks keep finding excluded ones. */
    @Nullable
    Endpoint anyBut(PickContext context, long draw) {
        if (endpoints.length == 0) {
            return null;
        }
        int start = Hashes.below(endpoints.length, draw);
        for (int i = 0; i < endpoints.length; i++) {
            Endpoint endpoint = endpoints[(start + i) % endpoints.length];
            if (!context.excludes(endpoint)) {
                return endpoint;
            }
        }
        return null;
    }

    /** The same endpoints in the same order, whatever else was told of them. */
    boolean sameEndpoints(Candidates other) {
        if (endpoints.length != other.endpoints.length) {
            return false;
        }
        for (int i = 0; i < endpoints.length; i++) {
            if (endpoints[i].track() != other.endpoints[i].track()) {
                return false;
            }
        }
        return true;
    }

    /** The same endpoints with the same shares in the same order. */
    boolean sameShares(Candidates other) {
        if (!sameEndpoints(other)) {
            return false;
        }
        for (int i = 0; i < endpoints.length; i++) {
            if (endpoints[i].share() != other.endpoints[i].share()) {
                return false;
            }
        }
        return true;
    }
}
