package io.rollcall.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer that does not end, read piece by piece as its reader asks for them: what the reader has not taken is not
 * asked for, so that a slow one holds up the connection and not the memory.
 */
final class EventStreamBody implements BodySubscriber<EventStreamBody> {

    /** What comes: bytes, or the end. */
    private sealed interface Part {}

    private record Bytes(List<ByteBuffer> buffers) implements Part {}

    private record End(@Nullable Throwable cause) implements Part {}

    // At most one piece and one end: no piece is asked for before the last was taken.
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    @Override
    public CompletionStage<EventStreamBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (cancelled) {
            newSubscription.cancel();
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        parts.add(new End(cause));
    }

    @Override
    public void onComplete() {
        parts.add(new End(null));
    }

    /**
     * Waits for the next piece.
     *
     * @param timeout how long
     * @return null if none came in time
     * @throws IOException at the end of the stream, or if it was cancelled
     */
    @Nullable
    List<ByteBuffer> next(Duration timeout) throws IOException, InterruptedException {
        Part part = parts.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (part instanceof End end) {
            // For whoever asks again.
            parts.add(end);
            throw new IOException(
                    end.cause() == null ? "the server ended the stream" : "the stream broke: " + end.cause(),
                    end.cause());
        }
        if (part instanceof Bytes bytes) {
            Flow.Subscription present = subscription;
            if (present != null) {
                present.request(1);
            }
            return bytes.buffers();
        }
        return null;
    }

    /** Ends the stream; whoever waits is told so. */
    void cancel() {
        cancelled = true;
        Flow.Subscription present = subscription;
        if (present != null) {
            present.cancel();
        }
        parts.add(new End(null));
    }
}
