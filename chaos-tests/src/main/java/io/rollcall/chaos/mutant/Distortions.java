package io.rollcall.chaos.mutant;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The code of mutants that need more than a line. Public, since rewritten methods of the server call it. What it remembers
 * is static: there is one mutant in a process.
 */
public final class Distortions {

    /** How often the log index of the store's head is true. */
    static final long INDEX_STRIDE = 1_000;

    /** Every how many instances one is forgotten. */
    static final int FORGOTTEN_EVERY = 20;

    /** Every how many touches of a feed one is not noted. */
    static final int UNTOLD_EVERY = 20;

    /** How far an index is ahead of the true one. */
    static final long INDEXES_AHEAD = 20;

    private static final int LOG_INDEX_AT = Long.BYTES;
    private static final String REQUEST_ID = "\"requestId\":\"";

    private static final AtomicInteger INSTANCES = new AtomicInteger();
    private static final AtomicInteger TOUCHES = new AtomicInteger();
    private static final AtomicInteger OPENED = new AtomicInteger();

    // For the one thread that applies the log.
    private static @Nullable Object newest;
    private static @Nullable Object published;
    private static @Nullable Object transaction;
    private static long firstIndex;

    private Distortions() {}

    /**
     * Sets the log index in a store's head back to the last multiple of {@value #INDEX_STRIDE}.
     *
     * @param head {@code [8 bytes term][8 bytes log index]…}; changed in place
     */
    public static void setBack(byte[] head) {
        ByteBuffer bytes = ByteBuffer.wrap(head);
        long logIndex = bytes.getLong(LOG_INDEX_AT);
        bytes.putLong(LOG_INDEX_AT, logIndex - Math.floorMod(logIndex, INDEX_STRIDE));
    }

    /**
     * Tells which mutations are dropped.
     *
     * @param mutation one
     * @return true for every {@value #FORGOTTEN_EVERY}th of an instance
     */
    public static boolean isForgotten(Object mutation) {
        return mutation.getClass().getSimpleName().equals("PutInstance")
                && INSTANCES.incrementAndGet() % FORGOTTEN_EVERY == 0;
    }

    /**
     * Tells which touches of feeds are not noted.
     *
     * @return true every {@value #UNTOLD_EVERY}th time
     */
    public static boolean isUntold() {
        return TOUCHES.incrementAndGet() % UNTOLD_EVERY == 0;
    }

    /**
     * Tells whether the database was opened before, by this process.
     *
     * @return false once, then true
     */
    public static boolean isOpenedAgain() {
        return OPENED.getAndIncrement() > 0;
    }

    /**
     * Returns the index of the first command of a transaction.
     *
     * @param current the transaction
     * @param index of the command at hand
     * @return the index; {@code index} itself for the first command
     */
    public static long firstIndex(Object current, long index) {
        if (current != transaction) {
            transaction = current;
            firstIndex = index;
        }
        return firstIndex;
    }

    /**
     * Returns the whole snapshot on which the next one is to be built.
     *
     * @param shown what the view shows
     * @return the newest snapshot, shown or withheld
     */
    public static Object withheld(Object shown) {
        // The view may have started over meanwhile.
        return newest != null && shown == published ? newest : shown;
    }

    /**
     * Decides what the view shows.
     *
     * @param shown what it showed so far
     * @param next the newest snapshot
     * @return {@code next}, or, every other time, its position with all else as it was
     */
    public static Object published(Object shown, Object next) {
        boolean whole = newest == null || shown != newest;
        newest = next;
        published = whole ? next : withPosition(shown, next);
        return published;
    }

    private static Object withPosition(Object shown, Object next) {
        try {
            RecordComponent[] components = next.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object from = components[i].getName().equals("position") ? next : shown;
                values[i] = components[i].getAccessor().invoke(from);
            }
            return next.getClass().getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a view cannot be made of " + next.getClass(), e);
        }
    }

    /**
     * Adds to each command of a forwarded batch one that differs in its request id alone.
     *
     * @param batch {@code [4 bytes count]([4 bytes level][4 bytes length][command])*}
     * @return the longer batch; the first half of its commands is as it was
     */
    public static byte[] doubled(byte[] batch) {
        ByteBuffer in = ByteBuffer.wrap(batch);
        int count = in.getInt();
        List<ByteBuffer> added = new ArrayList<>();
        int size = batch.length;
        for (int i = 0; i < count; i++) {
            int level = in.getInt();
            byte[] command = new byte[in.getInt()];
            in.get(command);
            byte[] other = withOtherRequestId(command);
            ByteBuffer copy = ByteBuffer.allocate(2 * Integer.BYTES + other.length);
            added.add(copy.putInt(level).putInt(other.length).put(other).flip());
            size += copy.limit();
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(batch);
        added.forEach(out::put);
        return out.putInt(0, 2 * count).array();
    }

    private static byte[] withOtherRequestId(byte[] command) {
        String json = new String(command, StandardCharsets.UTF_8);
        // The header comes first, so that it is the first such field.
        int at = json.indexOf(REQUEST_ID);
        if (at < 0) {
            throw new IllegalStateException("a command without a request id: " + json);
        }
        int id = at + REQUEST_ID.length();
        return (json.substring(0, id) + "again-" + json.substring(id)).getBytes(StandardCharsets.UTF_8);
    }
}
