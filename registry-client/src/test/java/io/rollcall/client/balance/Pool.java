package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Candidates for pickers, without the rules that choose them; the same instance keeps its counters. */
final class Pool {

    private final Map<Track.Key, Track> tracks = new HashMap<>();
    private final Map<String, ZoneLoad> loads = new HashMap<>();

    Candidates of(Sample... samples) {
        return of(Sample.list(samples));
    }

    Candidates of(Collection<Instance> instances) {
        List<Endpoint> endpoints = new ArrayList<>();
        Set<String> zones = new TreeSet<>();
        for (Instance instance : instances) {
            String zone = instance.registration().zone();
            ZoneLoad load = loads.computeIfAbsent(zone, any -> new ZoneLoad());
            Track track = tracks.computeIfAbsent(Track.Key.of(instance), key -> new Track(load, 0));
            endpoints.add(new Endpoint(instance, track, instance.registration().weight() * Fleet.SHARE_UNIT));
            zones.add(zone);
        }
        zones.remove("");
        return new Candidates(endpoints, zones);
    }

    static String id(Endpoint endpoint) {
        return endpoint.instance().key().id().value();
    }

    /** How often each candidate is picked. */
    static long[] counts(Candidates candidates, Picker picker, int picks) {
        Map<Track, Integer> places = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            places.put(candidates.endpoint(i).track(), i);
        }
        long[] counts = new long[candidates.size()];
        for (int i = 0; i < picks; i++) {
            counts[places.get(picker.pick(PickContext.none()).track())]++;
        }
        return counts;
    }

    static double[] shares(Candidates candidates) {
        double[] shares = new double[candidates.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = candidates.endpoint(i).share();
        }
        return shares;
    }
}
