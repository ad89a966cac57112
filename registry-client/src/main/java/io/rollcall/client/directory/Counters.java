package io.rollcall.client.directory;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a directory has counted since it began. Thread-safe. */
final class Counters implements Instruments {

    private final Map<DirectoryCount, LongAdder> counts = new EnumMap<>(DirectoryCount.class);

    Counters() {
        for (DirectoryCount count : DirectoryCount.values()) {
            counts.put(count, new LongAdder());
        }
    }

    @Override
    public void add(DirectoryCount count) {
        adder(count).increment();
    }

    long of(DirectoryCount count) {
        return adder(count).sum();
    }

    private LongAdder adder(DirectoryCount count) {
        LongAdder adder = counts.get(count);
        if (adder == null) {
            throw new IllegalStateException("there is an adder for each count, none for " + count);
        }
        return adder;
    }
}
