package io.rollcall.server.watch;

import io.rollcall.server.watch.Stream.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes to streams, of which each takes one write at a time. Confined to the hub's thread. */
final class StreamWrites {

    /** So few are written to by the hub's own thread: to wake another one would take longer. */
    static final int HERE_STREAMS_MAX = 8;

    /** And so much, which is copied at least once on its way. */
    static final int HERE_BYTES_MAX = 64 * 1024;

    /** Streams that one job of another thread writes to. */
    static final int JOB_STREAMS = 64;

    private final Executor writers;
    private final Executor hub;
    private final LongSupplier nanoTime;
    private final Consumer<Stream> ready;
    private final Consumer<Stream> gone;
    private List<Due> gathered = new ArrayList<>();
    private long gatheredBytes;

    private record Due(Stream stream, Write write) {}

    /**
     * Writes for the streams of a hub.
     *
     * @param writers runs the writing of much
     * @param hub runs what follows on the hub's thread
     * @param nanoTime a clock
     * @param ready is told of streams that were written to and have more to say; on the hub's thread
     * @param gone is told of streams that take nothing any more; on the hub's thread
     */
    StreamWrites(Executor writers, Executor hub, LongSupplier nanoTime, Consumer<Stream> ready, Consumer<Stream> gone) {
        this.writers = writers;
        this.hub = hub;
        this.nanoTime = nanoTime;
        this.ready = ready;
        this.gone = gone;
    }

    /** Takes what {@link #send} will write to a stream that is not being written to. */
    void add(Stream stream, Write write) {
        stream.writingSinceNanos = nanoTime.getAsLong();
        stream.writing = true;
        gathered.add(new Due(stream, write));
        gatheredBytes += write.size();
    }

    /** Writes all that was taken. */
    void send() {
        if (gathered.isEmpty()) {
            return;
        }
        List<Due> all = gathered;
        boolean isLittle = all.size() <= HERE_STREAMS_MAX && gatheredBytes <= HERE_BYTES_MAX;
        gathered = new ArrayList<>();
        gatheredBytes = 0;
        if (isLittle) {
            all.forEach(this::write);
            return;
        }
        for (int from = 0; from < all.size(); from += JOB_STREAMS) {
            List<Due> some = all.subList(from, Math.min(all.size(), from + JOB_STREAMS));
            writers.execute(() -> some.forEach(this::write));
        }
    }

    /** On any thread. */
    private void write(Due due) {
        due.stream.sink.write(due.write.parts().get(), failure -> written(due.stream, failure));
    }

    private void written(Stream stream, @Nullable Throwable failure) {
        if (failure != null) {
            hub.execute(() -> gone.accept(stream));
            return;
        }
        stream.writing = false;
        // After that, in this order: the hub looks the other way round.
        if (stream.dirty) {
            hub.execute(() -> ready.accept(stream));
        }
    }
}
