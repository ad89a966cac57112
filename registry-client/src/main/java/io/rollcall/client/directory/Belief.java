package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of one service, and which news of it is. Not thread-safe.
 *
 * <ul>
 *   <li>News that is older than what is known is not: some node is behind.
 *   <li>Unless it is of another history, such as that of a restored registry. That is so if the stream says it; if an answer
 *       that vouches for a moment at which the index known was reached is below it; and of a stream, if what is known is from
 *       disk.
 *   <li>An empty list that replaces instances is believed with proof: a change that tells the removal of each, or a snapshot
 *       on the connection that told them. Else the {@link EmptyListPolicy} says when.
 * </ul>
 */
final class Belief {

    /** What became of news. */
    enum Verdict {
        /** It is believed, and other than before. */
        CHANGED,
        /** It is an empty list, and believed without proof. */
        EMPTIED,
        /** It is what was known. */
        SAME,
        /** It is an empty list that is not believed yet. */
        HELD,
        /** It is older than what is known. */
        OLDER
    }

    private final EmptyListPolicy policy;
    private ServiceView view;
    // The highest index of the present history, and when it was reached at the latest.
    private long highest;
    private long reachedAtNanos;
    // The connection that told the present list; 0 if none did.
    private long connection;
    private @Nullable News held;
    private long heldSinceNanos;

    Belief(ServiceView nothing, EmptyListPolicy policy) {
        this.view = nothing;
        this.policy = policy;
    }

    ServiceView view() {
        return view;
    }

    /** Whether an empty list waits to be believed. */
    boolean isHolding() {
        return held != null;
    }

    /** Whether news is of another history than what is known. */
    boolean isOtherHistory(News news) {
        if (!view.isKnown() || news.upTo() >= highest) {
            return false;
        }
        return switch (news.source()) {
            case WATCH -> news.isAnew() || view.source() == ViewSource.DISK;
            case POLL -> news.knownAtNanos() - reachedAtNanos > 0;
            case DISK, NONE -> false;
        };
    }

    Verdict take(News news, long nowNanos) {
        boolean isOther = isOtherHistory(news);
        if (view.isKnown() && news.upTo() < highest && !isOther) {
            return Verdict.OLDER;
        }
        if (isOther || news.index() > highest) {
            highest = news.index();
            reachedAtNanos = nowNanos;
        }
        boolean empties = news.isEmpty() && !view.instances().isEmpty();
        if (empties && !isProved(news, isOther)) {
            heldSinceNanos = held == null ? nowNanos : heldSinceNanos;
            held = news;
            if (!policy.believesAfter(Duration.ofNanos(nowNanos - heldSinceNanos))) {
                view = view.isKept() ? view : view.kept();
                return Verdict.HELD;
            }
            believe(news);
            return Verdict.EMPTIED;
        }
        return believe(news);
    }

    private boolean isProved(News news, boolean isOther) {
        if (isOther) {
            return false;
        }
        boolean isSameConnection = news.connection() != 0 && news.connection() == connection;
        return isSameConnection
                || view.instances().stream()
                        .allMatch(instance ->
                                news.removed().contains(instance.key().id()));
    }

    private Verdict believe(News news) {
        boolean isSame = view.isKnown() && news.instances().equals(view.instances());
        List<Instance> instances = isSame ? view.instances() : news.instances();
        long atNanos = isSame && news.source() != ViewSource.DISK && view.source() != ViewSource.DISK
                ? later(view.knownAtNanos(), news.knownAtNanos())
                : news.knownAtNanos();
        view = view.learnt(highest, instances, news.source(), atNanos);
        connection = news.connection();
        held = null;
        return isSame ? Verdict.SAME : Verdict.CHANGED;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Believes an empty list whose time has come; says whether it did. */
    boolean tick(long nowNanos) {
        News waiting = held;
        if (waiting == null || !policy.believesAfter(Duration.ofNanos(nowNanos - heldSinceNanos))) {
            return false;
        }
        believe(waiting);
        return true;
    }

    /** What is known was still so then. */
    void confirm(ViewSource source, long atNanos) {
        if (held != null || !view.isKnown()) {
            return;
        }
        boolean isLater = atNanos - view.knownAtNanos() > 0 || !view.source().isLive();
        if (isLater || view.source() != source) {
            view = view.confirmed(source, later(view.knownAtNanos(), atNanos));
        }
    }

    /** What is known is older than the limit. */
    void turnStale() {
        view = view.turnedStale();
    }

    /** Takes what an earlier run has left, if nothing is known yet. */
    boolean recall(long index, List<Instance> instances, long knownAtNanos) {
        if (view.isKnown()) {
            return false;
        }
        view = view.learnt(index, instances, ViewSource.DISK, knownAtNanos);
        highest = index;
        reachedAtNanos = knownAtNanos;
        return true;
    }

    void forget(ServiceView nothing) {
        view = nothing;
        highest = 0;
        reachedAtNanos = 0;
        connection = 0;
        held = null;
    }
}
