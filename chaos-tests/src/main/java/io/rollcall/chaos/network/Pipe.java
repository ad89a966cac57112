package io.rollcall.chaos.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One direction of one connection. One thread takes in what is sent and sets its time of arrival, another one hands it out
 * when it is due and the flow lets it pass; in between lie at most {@value #QUEUED_BYTES_MAX} bytes and a chunk, and the
 * sender waits for room as for any slow line. The end of a direction and a reset take the same way as bytes.
 */
final class Pipe {

    static final int QUEUED_BYTES_MAX = 64 * 1024;
    static final int CHUNK_BYTES_MAX = 16 * 1024;

    /** What passes a thin line at once: the payload of an Ethernet frame. */
    private static final int PIECE_BYTES_MAX = 1_448;

    private enum Kind {
        BYTES,
        END,
        RESET
    }

    private static final class Parcel {

        private final Kind kind;
        private final ByteBuffer bytes;
        private final long dueNanos;

        /** Whether the flow knows that it is held; set by who enqueues it, then by who hands it out. */
        private boolean counted;

        Parcel(Kind kind, ByteBuffer bytes, long dueNanos, boolean counted) {
            this.kind = kind;
            this.bytes = bytes;
            this.dueNanos = dueNanos;
            this.counted = counted;
        }
    }

    private final Flow flow;
    private final SocketChannel source;
    private final SocketChannel sink;

    // Guarded by this.
    private final Deque<Parcel> queue = new ArrayDeque<>();
    private int queuedBytes;
    private long lastDueNanos = System.nanoTime();

    Pipe(Flow flow, SocketChannel source, SocketChannel sink) {
        this.flow = flow;
        this.source = source;
        this.sink = sink;
    }

    String name() {
        return flow.name();
    }

    /** Takes in until the sender ends or resets the direction, or the channel is closed. */
    void takeIn() throws InterruptedException {
        try {
            while (true) {
                awaitRoom();
                ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES_MAX);
                if (source.read(chunk) < 0) {
                    enqueue(Kind.END, ByteBuffer.allocate(0));
                    return;
                }
                send(chunk.flip());
            }
        } catch (ClosedChannelException ended) {
            // By whoever ended the connection.
        } catch (IOException reset) {
            reset();
        }
    }

    /** Sends bytes that were read already. */
    void send(ByteBuffer bytes) {
        enqueue(Kind.BYTES, bytes);
    }

    /** Sends a reset behind all that is under way. */
    void reset() {
        enqueue(Kind.RESET, ByteBuffer.allocate(0));
    }

    private synchronized void enqueue(Kind kind, ByteBuffer bytes) {
        boolean held = flow.isCut();
        if (held) {
            flow.countHeld(bytes.remaining());
        }
        long due = System.nanoTime() + flow.transitNanos();
        // Nothing overtakes what was sent before it.
        lastDueNanos = due - lastDueNanos > 0 ? due : lastDueNanos;
        queue.add(new Parcel(kind, bytes, lastDueNanos, held));
        queuedBytes += bytes.remaining();
        notifyAll();
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (queuedBytes >= QUEUED_BYTES_MAX) {
            wait();
        }
    }

    /**
     * Hands out until a reset comes through; one can come after the end of the direction, too.
     *
     * @param ended is run when the direction has ended well
     * @throws IOException if the receiver is gone
     */
    void handOut(Runnable ended) throws IOException, InterruptedException {
        while (true) {
            Parcel parcel = next();
            TimeUnit.NANOSECONDS.sleep(parcel.dueNanos - System.nanoTime());
            awaitPassage(parcel);
            switch (parcel.kind) {
                case BYTES -> write(parcel);
                case END -> {
                    sink.shutdownOutput();
                    ended.run();
                }
                case RESET -> {
                    return;
                }
            }
        }
    }

    private synchronized Parcel next() throws InterruptedException {
        while (queue.isEmpty()) {
            wait();
        }
        return queue.remove();
    }

    /** Waits for the end of a cut, and then until TCP tries again what the cut has swallowed. */
    private void awaitPassage(Parcel parcel) throws InterruptedException {
        if (!flow.isCut()) {
            return;
        }
        if (!parcel.counted) {
            flow.countHeld(parcel.bytes.remaining());
            parcel.counted = true;
        }
        long lostAtNanos = System.nanoTime();
        while (flow.isCut()) {
            flow.awaitOpen();
            Retransmission.awaitNext(lostAtNanos, Retransmission.FIRST_MILLIS);
        }
    }

    private void write(Parcel parcel) throws IOException, InterruptedException {
        ByteBuffer bytes = parcel.bytes;
        while (bytes.hasRemaining()) {
            int length = Math.min(PIECE_BYTES_MAX, bytes.remaining());
            while (!flow.awaitTurn(length)) {
                awaitPassage(parcel);
            }
            // Before, so that who has the bytes finds them counted.
            flow.countDelivered(length);
            ByteBuffer piece = bytes.slice(bytes.position(), length);
            while (piece.hasRemaining()) {
                sink.write(piece);
            }
            bytes.position(bytes.position() + length);
            release(length);
        }
    }

    private synchronized void release(int bytes) {
        queuedBytes -= bytes;
        notifyAll();
    }
}
