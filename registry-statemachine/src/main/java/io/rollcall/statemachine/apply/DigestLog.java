package io.rollcall.statemachine.apply;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The state hashes after the latest log entries, by registry index, for comparing replicas. Thread-safe. */
public final class DigestLog {

    /** How many are kept. */
    public static final int CAPACITY = 4_096;

    private final TreeMap<Long, String> byIndex = new TreeMap<>();

    /** An empty log. */
    public DigestLog() {}

    /**
     * A state hash.
     *
     * @param index registry index after the log entry
     * @param digest 64 hexadecimal characters
     */
    public record Recorded(long index, String digest) {}

    synchronized void record(long index, String digest) {
        byIndex.put(index, digest);
        if (byIndex.size() > CAPACITY) {
            byIndex.pollFirstEntry();
        }
    }

    /**
     * Finds the hash at an index.
     *
     * @param index registry index after some log entry
     * @return empty if no entry ended there or it is not kept any more
     */
    public synchronized Optional<Recorded> at(long index) {
        return Optional.ofNullable(byIndex.get(index)).map(digest -> new Recorded(index, digest));
    }

    /**
     * Finds the newest hash.
     *
     * @return empty before the first
     */
    public synchronized Optional<Recorded> newest() {
        return Optional.ofNullable(byIndex.lastEntry()).map(DigestLog::recorded);
    }

    /**
     * Finds the oldest hash that is kept.
     *
     * @return empty before the first
     */
    public synchronized Optional<Recorded> oldest() {
        return Optional.ofNullable(byIndex.firstEntry()).map(DigestLog::recorded);
    }

    private static Recorded recorded(Map.Entry<Long, String> entry) {
        return new Recorded(entry.getKey(), entry.getValue());
    }
}
