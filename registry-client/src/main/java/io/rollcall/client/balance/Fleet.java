package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a process has seen of the instances of a service, carried over from list to list, and who gets calls by it. Belongs
 * to who holds the lock of {@link BalancedCalls}.
 */
final class Fleet {

    /** Instances that left the list with calls in flight, or ejected, are remembered up to so many. */
    static final int DEPARTED_MAX = 1_000;

    /** A share is the weight in such parts, so that slow start has steps also where weights are small. */
    static final int SHARE_UNIT = 64;

    private static final int WARMING_STEPS = 32;

    private final LoadBalancer balancer;
    private final SlowStart slowStart;
    private final Doubt doubt;
    private final Ejector ejector;
    private final Ages ages;
    private final Map<String, ZoneLoad> zoneLoads = new HashMap<>();
    private Map<Track.Key, Track> tracks = new HashMap<>();

    Fleet(LoadBalancer balancer, SlowStart slowStart, Doubt doubt, Ejector ejector, Ages ages) {
        this.balancer = balancer;
        this.slowStart = slowStart;
        this.doubt = doubt;
        this.ejector = ejector;
        this.ages = ages;
    }

    /** Who gets calls by a list. */
    Roster roster(List<Instance> list, Roster before, long nowNanos) {
        List<Seat> seats = seats(list, nowNanos);
        List<Seat> eligible = only(seats, Seat::isEligible);
        ejector.inspect(eligible, nowNanos);
        List<Seat> chosen = chosen(eligible);

        List<Endpoint> endpoints = new ArrayList<>(chosen.size());
        boolean isWarming = false;
        for (Seat seat : chosen) {
            double part = slowStartPart(seat, nowNanos);
            isWarming |= part < 1;
            endpoints.add(new Endpoint(seat.instance(), seat.track(), share(seat, part)));
        }
        Candidates candidates = new Candidates(endpoints, zones(seats));
        @Nullable Picker picker = endpoints.isEmpty() ? null : balancer.over(candidates, before.picker());
        Roster roster = Roster.lasting(list, seats, candidates, picker);
        if (isWarming) {
            roster.endBy(nowNanos + slowStart.window().toNanos() / WARMING_STEPS);
        }
        ejector.nanosToFirstReturn(nowNanos).ifPresent(nanos -> roster.endBy(nowNanos + nanos));
        return roster;
    }

    private List<Seat> seats(List<Instance> list, long nowNanos) {
        for (Instance instance : list) {
            hear(instance, nowNanos);
        }
        Map<Track.Key, Track> present = new LinkedHashMap<>(list.size() * 2);
        List<Seat> seats = new ArrayList<>(list.size());
        for (Instance instance : list) {
            Track.Key key = Track.Key.of(instance);
            if (!present.containsKey(key)) {
                Track track = tracks.get(key);
                if (track == null) {
                    track = new Track(zoneLoad(instance), nowNanos);
                }
                track.listed(instance.healthySince(), ages, nowNanos);
                present.put(key, track);
                seats.add(new Seat(instance, track));
            }
        }
        rememberDeparted(present, nowNanos);
        tracks = present;
        if (!list.isEmpty()) {
            ages.firstListEnded();
        }
        return seats;
    }

    private void hear(Instance instance, long nowNanos) {
        ages.heard(instance.statusSince(), nowNanos);
        ages.heard(instance.registrationTime(), nowNanos);
        if (instance.healthySince() != null) {
            ages.heard(instance.healthySince(), nowNanos);
        }
    }

    private void rememberDeparted(Map<Track.Key, Track> present, long nowNanos) {
        int room = DEPARTED_MAX;
        for (Map.Entry<Track.Key, Track> entry : tracks.entrySet()) {
            if (room > 0 && entry.getValue().isWorthKeeping(nowNanos) && !present.containsKey(entry.getKey())) {
                present.put(entry.getKey(), entry.getValue());
                room--;
            }
        }
    }

    // One suspect is most likely dead. Many at once are rather the registry's own trouble, and the few others must not
    // get the calls of all.
    private List<Seat> chosen(List<Seat> eligible) {
        List<Seat> kept = only(eligible, seat -> !seat.track().isEjected());
        List<Seat> trusted = only(kept, Seat::isTrusted);
        boolean areEnough = weight(trusted) >= weight(kept) * doubt.minTrustedPart();
        return trusted.isEmpty() || !areEnough ? kept : trusted;
    }

    private double slowStartPart(Seat seat, long nowNanos) {
        if (!seat.track().isOfKnownHealth()) {
            return 1;
        }
        // In steps, so that lists that follow each other quickly leave the shares as they are.
        long step = Math.max(1, slowStart.window().toNanos() / WARMING_STEPS);
        return slowStart.part(seat.track().warmNanos(nowNanos) / step * step);
    }

    private int share(Seat seat, double slowStartPart) {
        double part = seat.instance().status() == InstanceStatus.WARNING ? doubt.warningPart() : 1;
        return Math.max(1, seat.weight() * (int) Math.max(1, Math.round(SHARE_UNIT * part * slowStartPart)));
    }

    private ZoneLoad zoneLoad(Instance instance) {
        return zoneLoads.computeIfAbsent(instance.registration().zone(), zone -> new ZoneLoad());
    }

    private static Set<String> zones(List<Seat> seats) {
        Set<String> zones = new TreeSet<>();
        for (Seat seat : seats) {
            String zone = seat.instance().registration().zone();
            if (!zone.isEmpty()) {
                zones.add(zone);
            }
        }
        return Collections.unmodifiableSet(zones);
    }

    private static long weight(List<Seat> seats) {
        return seats.stream().mapToLong(Seat::weight).sum();
    }

    private static List<Seat> only(List<Seat> seats, Predicate<Seat> which) {
        return seats.stream().filter(which).toList();
    }
}
