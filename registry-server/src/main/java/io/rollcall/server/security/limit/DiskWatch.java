package io.rollcall.server.security.limit;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a second how much is free where the data lies. A thread of its own: a disk may not answer. */
public final class DiskWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    private static final long INTERVAL_MILLIS = 1_000;

    /** Of a small disk the setting would be all: so much of it is enough. */
    private static final int MAX_SHARE = 20;

    /** It is over when there is a quarter more than that, so that it does not come and go with each file. */
    private static final double RELEASE = 1.25;

    private final Space space;
    private final long minBytes;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(DiskWatch::daemon);
    private volatile boolean nearlyFull;
    private volatile long usableBytes;
    private volatile long totalBytes;

    /** How large a disk is, and how much of it may still be written. */
    interface Space {

        long total() throws IOException;

        long usable() throws IOException;
    }

    DiskWatch(Space space, long minBytes) {
        this.space = space;
        this.minBytes = minBytes;
    }

    private static Thread daemon(Runnable task) {
        Thread daemon = new Thread(task, "disk-watch");
        daemon.setDaemon(true);
        return daemon;
    }

    /**
     * Watches the disk of a folder, from now on.
     *
     * @param folder exists
     * @param minBytes what must be free, but never more than a twentieth of the disk
     * @return to be closed
     * @throws IOException if it cannot be told where the folder lies
     */
    public static DiskWatch of(Path folder, long minBytes) throws IOException {
        FileStore store = Files.getFileStore(folder);
        DiskWatch watch = new DiskWatch(
                new Space() {
                    @Override
                    public long total() throws IOException {
                        return store.getTotalSpace();
                    }

                    @Override
                    public long usable() throws IOException {
                        return store.getUsableSpace();
                    }
                },
                minBytes);
        watch.look();
        var unused = watch.thread.scheduleWithFixedDelay(
                watch::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Looks. */
    void look() {
        try {
            long usable = space.usable();
            long total = space.total();
            usableBytes = usable;
            totalBytes = total;
            long min = Math.min(minBytes, total / MAX_SHARE);
            boolean now = usable < (nearlyFull ? min * RELEASE : min);
            if (now != nearlyFull) {
                nearlyFull = now;
                LOG.atWarn()
                        .addKeyValue("usableBytes", usable)
                        .addKeyValue("minBytes", min)
                        .log(
                                now
                                        ? "the disk is nearly full: nothing more is registered or put"
                                        : "the disk has room again");
            }
        } catch (IOException e) {
            // It says nothing of how much there is; what cannot be written halts the node.
            LOG.atWarn().setCause(e).log("it cannot be told how much of the disk is free");
        }
    }

    /**
     * Returns what may still be written.
     *
     * @return bytes, as of the last look
     */
    public long usableBytes() {
        return usableBytes;
    }

    /**
     * Returns how large the disk is.
     *
     * @return bytes, as of the last look
     */
    public long totalBytes() {
        return totalBytes;
    }

    /** Whether nothing more is to be stored. */
    boolean isNearlyFull() {
        return nearlyFull;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
