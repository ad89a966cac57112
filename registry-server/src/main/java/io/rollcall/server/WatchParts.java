package io.rollcall.server;

import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.watch.ConfigPast;
import io.rollcall.server.watch.Notices;
import io.rollcall.server.watch.PastTouches;
import io.rollcall.server.watch.WatchHub;
import io.rollcall.statemachine.apply.FaultHandler;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a node tells of changes with.
 *
 * @param hub tells
 * @param writers write to streams
 * @param pastReaders look up what was before
 */
record WatchParts(WatchHub hub, ThreadPoolExecutor writers, ThreadPoolExecutor pastReaders) {

    private static final int WRITERS_MAX = 4;

    private static final int PAST_READERS = 2;
    private static final int PAST_QUEUE = 10_000;

    static WatchParts of(
            ServerSettings settings,
            CatalogView view,
            PastTouches past,
            ConfigPast configPast,
            Tracing tracing,
            FaultHandler faults) {
        int cores = Runtime.getRuntime().availableProcessors();
        // Bounded by the streams, each of which has one write at a time.
        ThreadPoolExecutor writers = pool("watch-writer", Math.min(WRITERS_MAX, cores), new LinkedBlockingQueue<>());
        ThreadPoolExecutor pastReaders = pool("watch-past", PAST_READERS, new ArrayBlockingQueue<>(PAST_QUEUE));
        WatchHub hub = new WatchHub(
                settings.node().id(),
                view,
                settings.watch(),
                past,
                configPast,
                pastReaders,
                writers,
                System::nanoTime,
                new Notices(tracing, InstantSource.system()),
                failure -> {
                    throw faults.fatal("telling readers of changes failed", failure);
                });
        return new WatchParts(hub, writers, pastReaders);
    }

    private static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, queue, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ends all streams and waiting reads. */
    void close() {
        hub.close();
        pastReaders.shutdownNow();
        writers.shutdown();
    }
}
