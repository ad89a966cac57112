package io.rollcall.server.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who reads one feed by waiting, and lately. Confined to the hub's thread. */
final class Readers {

    /** Who has not asked again for so long follows no more. */
    static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** Readers of one feed that are known by name; others are served all the same. */
    static final int READERS_MAX = 10_000;

    private @Nullable Map<String, Reader> byId;

    private static final class Reader {
        private final Subscriber subscriber;
        private long acknowledged;
        private long sent;
        private int waiting;
        private long lastSeenNanos;

        Reader(Subscriber subscriber) {
            this.subscriber = subscriber;
        }
    }

    void asked(Subscriber subscriber, long acknowledged) {
        Map<String, Reader> readers = byId;
        if (readers == null) {
            readers = new HashMap<>(2);
            byId = readers;
        }
        if (readers.size() < READERS_MAX || readers.containsKey(subscriber.id())) {
            Reader reader = readers.computeIfAbsent(subscriber.id(), id -> new Reader(subscriber));
            reader.acknowledged = Math.max(reader.acknowledged, acknowledged);
            reader.waiting++;
        }
    }

    void answered(Subscriber subscriber, long version, long nowNanos) {
        Reader reader = byId == null ? null : byId.get(subscriber.id());
        if (reader != null) {
            reader.sent = version;
            reader.waiting--;
            reader.lastSeenNanos = nowNanos;
        }
    }

    void forgetOld(long nowNanos) {
        Map<String, Reader> readers = byId;
        if (readers != null) {
            readers.values()
                    .removeIf(reader -> reader.waiting <= 0 && nowNanos - reader.lastSeenNanos > REMEMBERED.toNanos());
            if (readers.isEmpty()) {
                byId = null;
            }
        }
    }

    void forEach(long version, Consumer<Following> consumer) {
        Map<String, Reader> readers = byId;
        if (readers != null) {
            List.copyOf(readers.values())
                    .forEach(reader -> consumer.accept(
                            new Following(reader.subscriber, null, reader.sent, reader.acknowledged, version)));
        }
    }
}
