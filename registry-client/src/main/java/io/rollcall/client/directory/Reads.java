package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.directory.Belief.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reads of a directory: of each service now and then to compare it with what its stream told, and often while no
 * stream delivers it. Confined to the lane; the reading itself is done elsewhere.
 */
final class Reads {

    /** Answers that are waited for at the same time. */
    static final int UNDER_WAY_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

    /** What a stream is given to tell what an answer told already. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** A stream is given so long to tell of a service before it is read. */
    private static final Duration FIRST_READ_AFTER = Duration.ofSeconds(1);

    private static final Duration LEAST_MAX_AGE = Duration.ofSeconds(10);
    private static final int JITTER_PARTS = 5;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    /** The directory, as its reads need it. */
    interface Desk {

        /** Whether a stream tells what becomes of a service. */
        boolean isStreamed(Entry entry);

        /** What the stream of a service told is not so. */
        void mistrust(Entry entry);

        /** A read has ended; a refusal that is the caller's fault is an answer with a problem. */
        void readEnded(long begunNanos, boolean isAnswered, @Nullable String problem);
    }

    private final DirectoryOptions options;
    private final RegistryPort registry;
    private final Lane lane;
    private final Executor io;
    private final Shelf shelf;
    private final StreamTrust trust;
    private final Instruments instruments;
    private final Desk desk;
    private final Duration maxAge;
    private int underWay;
    private int generation;
    private boolean isProbeWanted;

    Reads(
            DirectoryOptions options,
            RegistryPort registry,
            Lane lane,
            Executor io,
            Shelf shelf,
            StreamTrust trust,
            Instruments instruments,
            Desk desk) {
        this.options = options;
        this.registry = registry;
        this.lane = lane;
        this.io = io;
        this.shelf = shelf;
        this.trust = trust;
        this.instruments = instruments;
        this.desk = desk;
        Duration interval = options.pollInterval();
        this.maxAge = interval.compareTo(LEAST_MAX_AGE) > 0 ? interval : LEAST_MAX_AGE;
    }

    /** What is under way is of no use any more. */
    void forget() {
        generation++;
    }

    /** Reads some service soon, to find out whether reads are answered. */
    void probe() {
        isProbeWanted = true;
    }

    /** Begins what is due. */
    void tick() {
        for (Entry entry : shelf.entries()) {
            // While nobody answers, one call that tries all nodes is enough.
            if (underWay >= (trust.readsWork() ? UNDER_WAY_MAX : 1)) {
                return;
            }
            if (!entry.isReading && entry.refusal == null && (isProbeWanted || isDue(entry))) {
                isProbeWanted = false;
                begin(entry);
            }
        }
    }

    private boolean isDue(Entry entry) {
        long now = lane.nanos();
        Long next = entry.nextReadNanos;
        if (desk.isStreamed(entry)) {
            if (next == null) {
                entry.nextReadNanos = now + jittered(options.effectiveReconcileInterval());
            }
            return next != null && now - next >= 0;
        }
        if (!trust.isGivenUp() && now - entry.askedAtNanos() < FIRST_READ_AFTER.toNanos()) {
            return false;
        }
        // What was to be compared in five minutes is not left alone so long once its stream is gone.
        return next == null
                || now - next >= 0
                || next - now > 2 * options.pollInterval().toNanos();
    }

    private static long jittered(Duration interval) {
        long part = interval.toNanos() / JITTER_PARTS;
        return interval.toNanos() - part + ThreadLocalRandom.current().nextLong(2 * part + 1);
    }

    private void begin(Entry entry) {
        long begun = lane.nanos();
        boolean isStreamed = desk.isStreamed(entry);
        boolean isFirst = !entry.view().isKnown();
        entry.isReading = true;
        entry.nextReadNanos =
                begun + jittered(isStreamed ? options.effectiveReconcileInterval() : options.pollInterval());
        underWay++;
        int begunIn = generation;
        io.execute(() -> {
            Outcome<Discovery> outcome = read(entry, isStreamed, isFirst);
            lane.run(() -> {
                underWay--;
                entry.isReading = false;
                if (begunIn == generation) {
                    ended(entry, begun, outcome);
                }
            });
        });
    }

    private Outcome<Discovery> read(Entry entry, boolean isStreamed, boolean isFirst) {
        try {
            Outcome<Discovery> outcome = registry.read(entry.service(), isFirst ? null : maxAge);
            boolean isUnavailable = outcome instanceof Outcome.Refused<Discovery> refused
                    && refused.refusal().status() == UNAVAILABLE;
            // What an old answer says is better than nothing, and of no use for a comparison.
            return isUnavailable && !isStreamed && !isFirst ? registry.read(entry.service(), null) : outcome;
        } catch (RuntimeException e) {
            return new Outcome.Unanswered<>(e.toString());
        }
    }

    private void ended(Entry entry, long begunNanos, Outcome<Discovery> outcome) {
        if (outcome instanceof Outcome.Done<Discovery> done) {
            instruments.add(DirectoryCount.READS);
            desk.readEnded(begunNanos, true, null);
            answered(entry, begunNanos, done);
            return;
        }
        instruments.add(DirectoryCount.FAILED_READS);
        String what = "a read of " + entry.service() + ": ";
        if (outcome instanceof Outcome.Refused<Discovery> refused) {
            boolean isAnswered = refused.refusal().status() < INTERNAL_ERROR;
            desk.readEnded(begunNanos, isAnswered, what + refused.refusal());
        } else {
            desk.readEnded(begunNanos, false, what + outcome);
        }
    }

    private void answered(Entry entry, long begunNanos, Outcome.Done<Discovery> done) {
        List<Instance> instances = new ArrayList<>(done.value().instances());
        instances.sort(Comparator.comparing(instance -> instance.key().id().value()));
        Duration age = done.headers().dataAge();
        // A node says whole milliseconds.
        long asOf = age == null ? begunNanos : begunNanos - age.plusMillis(1).toNanos();
        News news = News.answer(done.value().index(), done.headers().applied(), List.copyOf(instances), asOf);
        ServiceView view = entry.view();
        boolean isSame = news.instances().equals(view.instances());
        boolean isComparable = view.isKnown() && news.upTo() >= view.index();
        if (!desk.isStreamed(entry) || !isComparable || entry.belief().isHolding()) {
            take(entry, news);
        } else if (isSame) {
            instruments.add(DirectoryCount.RECONCILED);
            shelf.confirm(entry, view.source(), asOf);
        } else if (news.index() > view.index()) {
            lane.after(SETTLING, () -> compareAgain(entry, news));
        } else {
            mismatch(entry, news);
        }
    }

    private void take(Entry entry, News news) {
        boolean isStreamed = desk.isStreamed(entry);
        boolean isOther = entry.belief().isOtherHistory(news);
        Verdict verdict = shelf.take(entry, news);
        if (verdict == Verdict.OLDER || entry.owner == null) {
            return;
        }
        entry.matchesOwner = entry.view().instances().equals(entry.owner.told(entry.service()));
        if (isOther && isStreamed) {
            desk.mistrust(entry);
        }
    }

    /** The stream had time to tell what the answer told. */
    private void compareAgain(Entry entry, News news) {
        ServiceView view = entry.view();
        boolean isBehind = view.index() < news.index();
        boolean isSame = news.instances().equals(view.instances());
        if (!isSame && (isBehind || view.index() == news.index()) && desk.isStreamed(entry)) {
            mismatch(entry, news);
        }
    }

    private void mismatch(Entry entry, News news) {
        instruments.add(DirectoryCount.MISMATCHES);
        LOG.atWarn()
                .addKeyValue("service", entry.service())
                .addKeyValue("known", entry.view().index())
                .addKeyValue("index", news.index())
                .log("a read found something else than the stream had told; the stream begins anew");
        take(entry, news);
        desk.mistrust(entry);
    }
}
