package io.rollcall.client.provide;

import io.rollcall.api.model.Namespace;
import io.rollcall.client.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The beats of one request: as many as it may hold.
 *
 * @param sent of one namespace, at least one
 */
record BeatBatch(List<Sent> sent) {

    /** The most bytes that the registry takes in a body about many instances. */
    static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

    private static final int BODY_FRAME_BYTES = 16;
    // Names, quotes, braces and commas, and the longest number.
    private static final int BEAT_FRAME_BYTES = 54;

    /** A beat of one instance. */
    record Sent(KeptInstance instance, Heartbeat beat) {

        private Namespace namespace() {
            return beat.instance().service().namespace();
        }

        // Names and ids are ASCII, and nothing in them is escaped.
        private int bytes() {
            return BEAT_FRAME_BYTES
                    + beat.instance().service().name().value().length()
                    + beat.instance().id().value().length();
        }
    }

    /** As few requests as hold them all. */
    static List<BeatBatch> of(List<Sent> beats) {
        Map<Namespace, List<Sent>> byNamespace = new LinkedHashMap<>();
        for (Sent beat : beats) {
            byNamespace
                    .computeIfAbsent(beat.namespace(), namespace -> new ArrayList<>())
                    .add(beat);
        }
        List<BeatBatch> batches = new ArrayList<>();
        byNamespace.values().forEach(all -> split(all, batches));
        return batches;
    }

    private static void split(List<Sent> all, List<BeatBatch> batches) {
        int first = 0;
        int bytes = BODY_FRAME_BYTES;
        for (int i = 0; i < all.size(); i++) {
            int more = all.get(i).bytes();
            if (i - first >= Heartbeat.MAX_BATCH || bytes + more > MAX_BODY_BYTES) {
                batches.add(new BeatBatch(List.copyOf(all.subList(first, i))));
                first = i;
                bytes = BODY_FRAME_BYTES;
            }
            bytes += more;
        }
        batches.add(new BeatBatch(List.copyOf(all.subList(first, all.size()))));
    }

    List<Heartbeat> beats() {
        return sent.stream().map(Sent::beat).toList();
    }

    /** The shortest of the leases. */
    Duration ttl() {
        return Duration.ofNanos(sent.stream()
                .mapToLong(each -> each.instance().ttlNanos())
                .min()
                .orElse(0));
    }
}
