package io.rollcall.client.directory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is known to disk: what changed a second later at most, what did not now and then, since its age counts
 * from there. Confined to the lane; the disk is waited for elsewhere.
 */
final class CacheWrites {

    private static final Logger LOG = LoggerFactory.getLogger(CacheWrites.class);

    /** How often files are written, and how many at a time. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final int BATCH_MAX = 20;

    /** How long a disk is left alone that takes nothing. */
    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);

    /** At the end, all is written that a start would miss, for no longer than that. */
    private static final Duration LAST_MAX = Duration.ofSeconds(2);

    private final CacheFolder folder;
    private final Lane lane;
    private final Executor io;
    private final InstantSource wall;
    private final Duration refresh;
    private final Instruments instruments;
    private boolean isWriting;
    private long notBeforeNanos;

    CacheWrites(
            CacheFolder folder, Lane lane, Executor io, InstantSource wall, Duration refresh, Instruments instruments) {
        this.folder = folder;
        this.lane = lane;
        this.io = io;
        this.wall = wall;
        this.refresh = refresh;
        this.instruments = instruments;
        this.notBeforeNanos = lane.nanos();
    }

    /** Reads what is kept of a service, and tells it on the lane if it is of use, with its age. */
    void load(Entry entry, BiConsumer<CacheEntry, Duration> found) {
        io.execute(() -> folder.load(entry.service())
                .ifPresent(cached -> lane.run(() -> {
                    Duration age = Duration.between(cached.knownAt(), wall.instant());
                    // A clock that was put back makes nothing younger than now.
                    found.accept(cached, age.isNegative() ? Duration.ZERO : age);
                })));
    }

    /** Begins to write what is due. */
    void tick(Collection<Entry> entries) {
        long now = lane.nanos();
        if (isWriting || now - notBeforeNanos < 0) {
            return;
        }
        notBeforeNanos = now + INTERVAL.toNanos();
        List<Entry> due = due(entries, refresh);
        if (due.isEmpty()) {
            return;
        }
        List<CacheEntry> batch = take(due.subList(0, Math.min(due.size(), BATCH_MAX)));
        isWriting = true;
        io.execute(() -> {
            boolean isWell = save(batch, Long.MAX_VALUE);
            lane.run(() -> written(due, isWell));
        });
    }

    /** What is on disk otherwise, or was known to be so a while later; longest ago first. */
    private static List<Entry> due(Collection<Entry> entries, Duration after) {
        List<Entry> due = new ArrayList<>();
        for (Entry entry : entries) {
            ServiceView view = entry.view();
            boolean isOther = entry.savedInstances != view.instances();
            boolean isOld = view.knownAtNanos() - entry.savedAtNanos >= after.toNanos();
            if (view.source().isLive() && !view.isKept() && (isOther || isOld)) {
                due.add(entry);
            }
        }
        due.sort(Comparator.comparing((Entry entry) -> entry.savedInstances != null)
                .thenComparing((one, other) -> Long.signum(one.savedAtNanos - other.savedAtNanos)));
        return due;
    }

    private List<CacheEntry> take(List<Entry> due) {
        List<CacheEntry> batch = new ArrayList<>(due.size());
        for (Entry entry : due) {
            ServiceView view = entry.view();
            Instant knownAt = wall.instant().minus(view.age());
            batch.add(new CacheEntry(view.service(), view.index(), knownAt, view.instances()));
            entry.savedInstances = view.instances();
            entry.savedAtNanos = view.knownAtNanos();
        }
        return batch;
    }

    private boolean save(List<CacheEntry> batch, long untilNanos) {
        for (CacheEntry cached : batch) {
            if (System.nanoTime() - untilNanos >= 0 && untilNanos != Long.MAX_VALUE) {
                return false;
            }
            try {
                folder.save(cached);
                instruments.add(DirectoryCount.DISK_WRITES);
            } catch (IOException | RuntimeException e) {
                instruments.add(DirectoryCount.DISK_FAULTS);
                LOG.atWarn()
                        .addKeyValue("service", cached.service())
                        .setCause(e)
                        .log("what is known of a service could not be written; it is tried again later");
                return false;
            }
        }
        return true;
    }

    private void written(List<Entry> due, boolean isWell) {
        isWriting = false;
        if (!isWell) {
            due.forEach(entry -> entry.savedInstances = null);
            notBeforeNanos = lane.nanos() + AFTER_FAULT.toNanos();
        }
    }

    /** Forgets all that is on disk of these. */
    void forget(Collection<Entry> entries) {
        List<Entry> all = List.copyOf(entries);
        io.execute(() -> {
            for (Entry entry : all) {
                try {
                    folder.delete(entry.service());
                } catch (IOException e) {
                    instruments.add(DirectoryCount.DISK_FAULTS);
                    LOG.atWarn()
                            .addKeyValue("service", entry.service())
                            .setCause(e)
                            .log("what is kept of a service could not be deleted");
                }
            }
        });
    }

    /** What is to be written at the end. */
    Runnable last(Collection<Entry> entries) {
        List<CacheEntry> batch = take(due(entries, INTERVAL));
        return () -> {
            var unused = save(batch, System.nanoTime() + LAST_MAX.toNanos());
        };
    }
}
