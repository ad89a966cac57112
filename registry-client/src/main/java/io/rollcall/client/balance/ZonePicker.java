package io.rollcall.client.balance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** First a zone, by {@link ZoneShares}, then an instance in it. */
final class ZonePicker implements Picker {

    private static final double RANDOM_UNIT = 0x1p-53;

    private final List<ZonePart> parts;
    private final LongSupplier draws;

    private ZonePicker(List<ZonePart> parts, LongSupplier draws) {
        this.parts = parts;
        this.draws = draws;
    }

    static Picker over(
            ZonePreference preference,
            LoadBalancer within,
            Candidates candidates,
            @Nullable Picker before,
            LongSupplier draws) {
        if (preference.zone().isEmpty()) {
            return within.over(candidates, before);
        }
        Map<String, Candidates> byZone = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            byZone.computeIfAbsent(
                    zoneOf(candidates.endpoint(i)),
                    zone -> candidates.only(endpoint -> zoneOf(endpoint).equals(zone)));
        }
        Map<String, Long> capacities = new LinkedHashMap<>();
        byZone.forEach((zone, its) -> capacities.put(zone, its.totalShare()));
        List<ZonePart> parts = new ArrayList<>();
        double until = 0;
        for (Map.Entry<String, Double> part :
                ZoneShares.of(preference, capacities, candidates.zones()).entrySet()) {
            until += part.getValue();
            String zone = part.getKey();
            Candidates its = byZone.get(zone);
            if (its != null) {
                parts.add(new ZonePart(zone, until, within.over(its, pickerOf(zone, before))));
            }
        }
        return new ZonePicker(List.copyOf(parts), draws);
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
        // A key goes to the same zone each time.
        long draw = context.isKeyed() ? Hashes.mixed(context.hash()) : draws.getAsLong();
        double place = (draw >>> 11) * RANDOM_UNIT;
        int first = 0;
        while (first < parts.size() - 1 && place >= parts.get(first).until()) {
            first++;
        }
        for (int i = 0; i < parts.size(); i++) {
            Endpoint endpoint = parts.get((first + i) % parts.size()).picker().pick(context);
            if (endpoint != null) {
                return endpoint;
            }
        }
        return null;
    }

    private static @Nullable Picker pickerOf(String zone, @Nullable Picker before) {
        if (before instanceof ZonePicker old) {
            for (ZonePart part : old.parts) {
                if (part.zone().equals(zone)) {
                    return part.picker();
                }
            }
        }
        return null;
    }

    private static String zoneOf(Endpoint endpoint) {
        return endpoint.instance().registration().zone();
    }

    /** A zone, and where its part of the calls ends, between 0 and 1. */
    private record ZonePart(String zone, double until, Picker picker) {}
}
