package io.rollcall.client;

import io.rollcall.client.WatchStream.Ending;
import io.rollcall.client.watch.StreamListener;
import io.rollcall.client.watch.WatchFigures;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a watch: one stream after the other, each going on where the one before ended. */
final class WatchLoop implements Runnable {

    /** Looked up when something fails: setting up the logging takes a good part of a short command's time. */
    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);
    }

    /** Syncs that may be missing before a stream is given up. */
    private static final int MISSED_SYNCS = 3;

    private final ServerList servers;
    private final StreamListener listener;
    private final Duration silence;
    private final Duration maxBackoff;
    private final Backoff backoff;
    private final Acknowledgements acknowledgements;
    private final WatchReader reader;
    private final WatchStream stream;
    private final CountDownLatch closed = new CountDownLatch(1);

    private int failures;
    private int behind;
    private long behindSinceNanos;

    WatchLoop(
            WatchTarget target,
            WatchOptions options,
            ClientSettings settings,
            ServerList servers,
            Exchange exchange,
            Deliveries deliveries,
            WatchSubject subject,
            StreamListener listener) {
        this.servers = servers;
        this.listener = listener;
        this.silence = options.syncInterval().multipliedBy(MISSED_SYNCS);
        this.maxBackoff = settings.maxBackoff();
        this.backoff = new Backoff(settings.minBackoff(), maxBackoff);
        this.acknowledgements = new Acknowledgements(exchange);
        this.reader = new WatchReader(subject, acknowledgements, deliveries);
        this.stream = new WatchStream(target, exchange, settings, reader, listener, silence);
    }

    @Override
    public void run() {
        try {
            follow();
        } catch (InterruptedException e) {
            // Its listener's work: nobody else has the thread.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            Log.LOG.atError().setCause(e).log("a watch has ended by an exception, of its listener most likely");
        } finally {
            acknowledgements.end();
        }
    }

    private void follow() throws InterruptedException {
        while (isOpen()) {
            int position = servers.preferred();
            long streams = reader.figures().streams();
            long begun = System.nanoTime();
            Ending ending;
            try {
                ending = stream.follow(servers.get(position));
            } catch (CancellationException e) {
                return;
            }
            acknowledgements.end();
            if (!isOpen()) {
                return;
            }
            if (ending instanceof Ending.Refused refused) {
                listener.onRefused(refused.refusal());
                return;
            }
            boolean streamed = reader.figures().streams() > streams;
            boolean lasted = streamed && System.nanoTime() - begun >= maxBackoff.toNanos();
            failures = lasted ? 1 : failures + 1;
            behind = streamed ? 0 : behind;
            listener.onInterrupted(prepare(position, ending));
            pause();
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Decides where the next stream comes from and where it begins; returns what happened. */
    private String prepare(int position, Ending ending) {
        if (ending instanceof Ending.Gap gap) {
            Log.LOG.atWarn().addKeyValue("detail", gap.detail()).log("an event of a watch is missing; it begins anew");
            reader.restart();
            // The node itself is well, unless it happens again.
            if (failures > 1) {
                servers.leave(position);
            }
            return gap.detail();
        }
        servers.leave(position);
        if (ending instanceof Ending.Behind lagging) {
            countBehind();
            return lagging.detail();
        }
        return ending instanceof Ending.Broken broken ? broken.detail() : ending.toString();
    }

    /** A node that lags will be there soon. If all are behind for long, they are of another registry, such as a restored one. */
    private void countBehind() {
        behind++;
        if (behind == 1) {
            behindSinceNanos = System.nanoTime();
        }
        boolean isLong = System.nanoTime() - behindSinceNanos > silence.toNanos();
        if (isLong && behind >= servers.size()) {
            Log.LOG
                    .atWarn()
                    .addKeyValue("index", reader.highest())
                    .log("no node knows what a watch was told before; it begins anew");
            reader.forget();
            behind = 0;
        }
    }

    private void pause() throws InterruptedException {
        var unused = closed.await(backoff.nanos(failures), TimeUnit.NANOSECONDS);
    }

    WatchFigures figures() {
        return reader.figures();
    }

    void close() {
        closed.countDown();
        stream.close();
    }
}
