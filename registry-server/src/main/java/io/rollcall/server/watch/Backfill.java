package io.rollcall.server.watch;

import io.rollcall.server.watch.PastTouches.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Fills feeds with what the store remembers of the time before them; the hub's thread does not wait for it. */
final class Backfill {

    /** Services of one stream that are looked up; the others begin anew. */
    static final int FEEDS_MAX = 256;

    private final PastTouches past;
    private final Executor reader;
    private final Executor hub;

    /**
     * A way to the past.
     *
     * @param past may read from disk
     * @param reader runs that; it may refuse, and then what is asked for stays unknown
     * @param hub runs what follows on the hub's thread
     */
    Backfill(PastTouches past, Executor reader, Executor hub) {
        this.past = past;
        this.reader = reader;
        this.hub = hub;
    }

    private record Gap(ServiceFeed feed, long after, long until) {}

    private record Filled(ServiceFeed feed, long base, Optional<Touched> past) {}

    /**
     * Makes feeds reach back to an index, and know exactly what touched them last before it, as far as can be known.
     *
     * @param feeds which
     * @param index registry index; {@link Long#MAX_VALUE} for their own beginning
     * @param then runs on the hub's thread, at once if there is nothing to find out
     */
    void reachBackTo(List<ServiceFeed> feeds, long index, Runnable then) {
        List<Gap> gaps = new ArrayList<>();
        for (ServiceFeed feed : feeds) {
            long base = feed.log().base();
            boolean known = feed.log().reachesBackTo(index) && feed.log().isExactAt(index);
            if (!known && mayBeRebased(feed)) {
                gaps.add(new Gap(feed, Math.min(index, base), base));
            }
        }
        if (past == PastTouches.NONE || gaps.isEmpty()) {
            then.run();
            return;
        }
        List<Gap> few = gaps.size() > FEEDS_MAX ? List.copyOf(gaps.subList(0, FEEDS_MAX)) : gaps;
        few.forEach(gap -> gap.feed.pins++);
        try {
            reader.execute(() -> {
                List<Filled> filled = read(few);
                hub.execute(() -> {
                    filled.forEach(Backfill::fill);
                    few.forEach(gap -> gap.feed.pins--);
                    then.run();
                });
            });
        } catch (RejectedExecutionException e) {
            few.forEach(gap -> gap.feed.pins--);
            then.run();
        }
    }

    private List<Filled> read(List<Gap> gaps) {
        List<Filled> filled = new ArrayList<>(gaps.size());
        for (Gap gap : gaps) {
            filled.add(new Filled(
                    gap.feed,
                    gap.until,
                    past.touched(gap.feed.service, gap.feed.interest::selects, gap.after, gap.until)));
        }
        return filled;
    }

    private static void fill(Filled filled) {
        // Another one may have done it meanwhile.
        if (filled.feed.log().base() == filled.base && mayBeRebased(filled.feed)) {
            filled.past.ifPresent(filled.feed::extend);
        }
    }

    /** A bound for a base that some stream was told must be found again by all that this feed tells later. */
    private static boolean mayBeRebased(ServiceFeed feed) {
        return feed.log().isBaseExact() || !feed.told;
    }
}
