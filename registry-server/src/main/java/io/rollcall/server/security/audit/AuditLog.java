package io.rollcall.server.security.audit;

import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.config.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of this node: one thread writes what the others put into a bounded queue. What cannot be written, since the
 * disk or the queue is full, is counted, and the next line that can be written says how much is missing. Denials that are like
 * each other are counted, too, so that nobody who may do nothing can push out what others did.
 *
 * <p>A line is written after its answer was sent, so that nobody waits for a disk; it is forced to the disk once an interval.
 * A node that is killed loses what its queue held, a machine that loses power the last interval, too.
 */
public final class AuditLog implements AuditTrail, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final int BATCH = 512;
    private static final long POLL_MILLIS = 200;
    private static final long RETRY_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 2_000;

    /** How often the head is named in the node's log, from where it is shipped elsewhere. */
    private static final long HEAD_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final AuditSettings settings;
    private final AuditFolder folder;
    private final BlockingQueue<AuditEvent> queue;
    private final Denials denials;
    private final AtomicLong lost = new AtomicLong();
    private final LongAdder written = new LongAdder();
    private final LongAdder lostEver = new LongAdder();
    private final Thread writer = new Thread(this::run, "audit");

    private volatile boolean closing;
    private volatile @Nullable Exception failure;

    // For the writer alone.
    private long syncedAt = System.nanoTime();
    private long headNamedAt = System.nanoTime();
    private boolean unsynced;

    private AuditLog(AuditFolder folder, AuditSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.maxQueued());
        this.denials = new Denials(settings.denialsInterval(), System::nanoTime);
    }

    /**
     * Opens the log, and goes on where it ended.
     *
     * @param folder where its files lie; made if missing
     * @param node the id of this node
     * @param settings what is kept
     * @return to be closed
     * @throws IOException if it cannot be read or written now
     */
    public static AuditLog open(Path folder, String node, AuditSettings settings) throws IOException {
        return open(folder, node, settings, AuditFolder.Opener.OF_FILES);
    }

    static AuditLog open(Path folder, String node, AuditSettings settings, AuditFolder.Opener opener)
            throws IOException {
        AuditLog log = new AuditLog(AuditFolder.open(folder, node, settings, opener), settings);
        log.writer.setDaemon(true);
        log.writer.start();
        log.nameHead("opened");
        return log;
    }

    @Override
    public void record(AuditEvent event) {
        // Before the queue: what is sent by the million must not keep the rest out of it.
        if (!denials.folds(event) && !queue.offer(event)) {
            lost.incrementAndGet();
            lostEver.increment();
        }
    }

    /**
     * Returns how many lines were written.
     *
     * @return since the start
     */
    public long written() {
        return written.sum();
    }

    /**
     * Returns how many could not be.
     *
     * @return since the start
     */
    public long lost() {
        return lostEver.sum();
    }

    /**
     * Tells whether the last attempt to write failed.
     *
     * @return true if so
     */
    public boolean isFailing() {
        return failure != null;
    }

    @Override
    public boolean refusesWrites() {
        return settings.refusesWithoutTrail() && (failure != null || queue.remainingCapacity() == 0);
    }

    private void run() {
        List<AuditEvent> batch = new ArrayList<>(BATCH);
        while (!closing || !queue.isEmpty()) {
            try {
                next(batch);
                write(batch, denials.due());
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        writeLast();
    }

    private void writeLast() {
        try {
            write(new ArrayList<>(), denials.all());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(List<AuditEvent> batch) throws InterruptedException {
        AuditEvent first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, BATCH - 1);
        }
    }

    private void write(List<AuditEvent> batch, List<FoldedDenials> folded) throws InterruptedException {
        long missing = lost.get();
        long waiting =
                batch.size() + folded.stream().mapToLong(FoldedDenials::count).sum();
        try {
            if (missing > 0) {
                folder.gap(missing);
                lost.addAndGet(-missing);
            }
            if (!batch.isEmpty()) {
                folder.append(batch);
                waiting -= batch.size();
                written.add(batch.size());
                unsynced = true;
            }
            if (!folded.isEmpty()) {
                folder.appendFolded(folded);
                waiting = 0;
                written.add(folded.size());
                unsynced = true;
            }
            syncIfDue();
            if (failure != null) {
                failure = null;
                LOG.atInfo().addKeyValue("lost", missing).log("the audit log is written again");
            }
        } catch (IOException | RuntimeException e) {
            // Whatever it is, this thread goes on: without it the log would end, and nobody would be told.
            failed(e, waiting);
        } finally {
            batch.clear();
        }
    }

    private void syncIfDue() throws IOException {
        long now = System.nanoTime();
        if (unsynced && now - syncedAt >= settings.syncInterval().toNanos()) {
            folder.sync();
            unsynced = false;
            syncedAt = now;
        }
        if (now - headNamedAt >= HEAD_NANOS) {
            headNamedAt = now;
            nameHead("goes on");
        }
    }

    /** What was not written whole is lost: to write it twice would be as wrong, and nobody knows how far it came. */
    private void failed(Exception e, long unwritten) throws InterruptedException {
        lost.addAndGet(unwritten);
        lostEver.add(unwritten);
        if (failure == null) {
            LOG.atError()
                    .setCause(e)
                    .log(
                            "the audit log cannot be written: {}",
                            settings.refusesWithoutTrail() ? "writes are refused" : "writes go on without it");
        }
        failure = e;
        if (!closing) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private void nameHead(String what) {
        LOG.atInfo().addKeyValue("auditHead", folder.head()).log("the audit log {}", what);
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nameHead("ends");
        if (lost.get() > 0) {
            LOG.atError().addKeyValue("lost", lost.get()).log("the audit log ends without what it could not write");
        }
        folder.close();
    }
}
