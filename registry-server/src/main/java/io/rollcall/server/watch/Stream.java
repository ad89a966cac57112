package io.rollcall.server.watch;

import io.rollcall.server.view.CatalogSnapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One watcher. It holds how far it was told and nothing of what it was not told. Confined to the hub's thread but for
 * what is volatile.
 */
abstract sealed class Stream permits ServiceStream, ConfigStream {

    /** A write takes whole events up to about so many bytes. */
    static final int WRITE_BYTES = 64 * 1024;

    final String subscription;
    final Subscriber subscriber;
    final EventSink sink;
    private long acknowledged;

    /** Whether something may have to be sent. */
    volatile boolean dirty;

    /** Whether a write is under way. */
    volatile boolean writing;

    /** Why it ends once what is being written is written; null as long as it goes on. */
    @Nullable
    String ending;

    long writingSinceNanos;
    long syncNanos;
    boolean ended;

    Stream(String subscription, Subscriber subscriber, EventSink sink) {
        this.subscription = subscription;
        this.subscriber = subscriber;
        this.sink = sink;
    }

    /**
     * Whole events that are written together.
     *
     * @param size bytes, about
     * @param parts makes them up, once, on the thread that writes; nothing else happens to the stream meanwhile
     */
    record Write(int size, Supplier<List<ByteBuffer>> parts) {

        static Write of(Frame frame) {
            byte[] bytes = frame.bytes();
            return new Write(bytes.length, () -> List.of(ByteBuffer.wrap(bytes)));
        }
    }

    /** What a stream says first: all there is, or that it goes on where it was; null if that is to be found out yet. */
    abstract @Nullable Write begin(CatalogSnapshot current, WatchCounters counters);

    /** What has to be sent now; null if nothing. */
    abstract @Nullable Write next(CatalogSnapshot current, WatchCounters counters);

    /** Whether there is more to send than the write that was given last, if it was one. */
    abstract boolean hasMore(CatalogSnapshot current);

    /** Says that there was nothing to send up to an index; false if there may have been something. */
    abstract boolean sync(long index);

    /** Says up to where all is known, and the stream's name. */
    final Write hello(long index) {
        return Write.of(Frame.sync(index, subscription));
    }

    final void acknowledge(long index) {
        acknowledged = Math.max(acknowledged, index);
    }

    final long acknowledged() {
        return acknowledged;
    }
}
