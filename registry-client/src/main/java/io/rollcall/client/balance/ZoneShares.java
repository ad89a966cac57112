package io.rollcall.client.balance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which part of a caller's calls goes to which zone.
 *
 * <p>With {@code s} the part of the capacity that a zone has, {@code f} the part of the callers in it and {@code h} the
 * headroom, the own zone gets {@code min(1, h s / f)}, and each other the rest in proportion to {@code max(0, h s - f)},
 * what its own callers leave. Capacity without a zone has no callers of its own.
 */
final class ZoneShares {

    private ZoneShares() {}

    /**
     * The parts.
     *
     * @param preference of a zone that is not empty
     * @param capacities of the candidates in each zone, each above 0
     * @param zones all zones known, to tell how the callers are spread
     * @return parts that sum up to 1, the own zone first; zones without a part are there with 0
     */
    static Map<String, Double> of(ZonePreference preference, Map<String, Long> capacities, Set<String> zones) {
        String own = preference.zone();
        int zoneCount = zones.contains(own) ? zones.size() : zones.size() + 1;
        double total = capacities.values().stream().mapToLong(Long::longValue).sum();
        double ownFair = preference.callerShare() > 0 ? preference.callerShare() : 1.0 / zoneCount;
        double otherFair = zoneCount == 1 ? 0 : (1 - ownFair) / (zoneCount - 1);
        double near = Math.min(1, preference.headroom() * capacities.getOrDefault(own, 0L) / total / ownFair);

        Map<String, Double> rooms = new LinkedHashMap<>();
        double roomTotal = 0;
        for (Map.Entry<String, Long> entry : capacities.entrySet()) {
            String zone = entry.getKey();
            if (!zone.equals(own)) {
                double room = preference.headroom() * entry.getValue() / total - (zone.isEmpty() ? 0 : otherFair);
                rooms.put(zone, Math.max(0, room));
                roomTotal += Math.max(0, room);
            }
        }
        Map<String, Double> parts = new LinkedHashMap<>();
        if (capacities.containsKey(own)) {
            parts.put(own, rooms.isEmpty() ? 1 : near);
        }
        for (Map.Entry<String, Double> entry : rooms.entrySet()) {
            // No room anywhere takes callers that are spread in an odd way; then capacity decides.
            double part = roomTotal > 0
                    ? entry.getValue() / roomTotal
                    : capacities.getOrDefault(entry.getKey(), 0L) / (total - capacities.getOrDefault(own, 0L));
            parts.put(entry.getKey(), (1 - near) * part);
        }
        return parts;
    }
}
