package io.rollcall.server.app;

import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.EndReason;
import io.rollcall.server.app.access.Vigil;
import io.rollcall.server.watch.EventSink;
import io.rollcall.server.watch.WatchHub;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A stream that ends when its reader may not have it any more. */
final class GuardedStream implements EventSink {

    private final EventSink stream;
    private final WatchHub hub;

    // Guarded by this, as what follows.
    private @Nullable String subscription;
    private @Nullable EndReason reason;
    private boolean isOver;
    private Vigil.@Nullable Stay stay;

    GuardedStream(EventSink stream, WatchHub hub) {
        this.stream = stream;
        this.hub = hub;
    }

    /** Begins to look after the reader; to be called once, whether the stream has begun or not. */
    void guard(Vigil vigil, Caller caller, Predicate<Caller> mayStay) {
        Vigil.Stay kept = vigil.keep(caller, mayStay, this::endFor);
        boolean isLate;
        synchronized (this) {
            stay = kept;
            isLate = isOver;
        }
        if (isLate) {
            kept.over();
        }
    }

    private void endFor(EndReason why) {
        @Nullable String begun;
        synchronized (this) {
            reason = why;
            begun = subscription;
        }
        if (begun != null) {
            hub.end(begun, why.wireName());
        }
    }

    @Override
    public void begin(String name, long applied) {
        @Nullable EndReason why;
        synchronized (this) {
            subscription = name;
            why = reason;
        }
        stream.begin(name, applied);
        if (why != null) {
            hub.end(name, why.wireName());
        }
    }

    @Override
    public void write(List<ByteBuffer> parts, Consumer<@Nullable Throwable> done) {
        stream.write(parts, done);
    }

    @Override
    public void end() {
        over();
        stream.end();
    }

    @Override
    public void cut() {
        over();
        stream.cut();
    }

    /** The stream has ended, or has not come about. */
    void over() {
        Vigil.@Nullable Stay kept;
        synchronized (this) {
            isOver = true;
            kept = stay;
        }
        if (kept != null) {
            kept.over();
        }
    }
}
