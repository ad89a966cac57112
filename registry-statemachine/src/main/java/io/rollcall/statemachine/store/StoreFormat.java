package io.rollcall.statemachine.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * The version of what lies in the tables, and the steps from each version to the next. They are taken when a store is
 * opened, so that everything else knows one format. The versions of single records are their codec's business.
 */
final class StoreFormat {

    static final byte[] HEAD_KEY = Keys.text("head");

    private static final byte[] FORMAT_KEY = Keys.text("format");

    /** The step at place i leads from version i+1 to version i+2; each flushes nothing and can be taken again. */
    static final List<Consumer<RocksDatabase>> STEPS = List.of();

    private StoreFormat() {}

    /** Brings a store to the newest version; an empty one is marked with it. */
    static void upgrade(RocksDatabase database, List<Consumer<RocksDatabase>> steps) {
        int newest = steps.size() + 1;
        byte[] stored = database.get(ColumnFamily.META, FORMAT_KEY);
        if (stored == null && database.get(ColumnFamily.META, HEAD_KEY) != null) {
            throw new StoreException("the store holds data of no known format", null);
        }
        int version = stored == null ? newest : ByteBuffer.wrap(stored).getInt();
        if (version > newest || version < 1) {
            throw new StoreException(
                    "the store has format " + version + ", newest known is " + newest
                            + "; run the version that wrote it or a newer one",
                    null);
        }
        steps.subList(version - 1, newest - 1).forEach(step -> step.accept(database));
        try (RocksDatabase.Batch batch = database.batch()) {
            batch.put(
                    ColumnFamily.META,
                    FORMAT_KEY,
                    ByteBuffer.allocate(Integer.BYTES).putInt(newest).array());
            batch.write();
        }
    }
}
