package io.rollcall.client.directory;

import java.time.Duration;

/**
 * Whether streams are worth their while. They are given up when they end again and again before they have lasted,
 * although reads that were begun meanwhile are answered: something between lets no stream through. They are tried again
 * after a while, which doubles each time. While reads are not answered either, the registry is away, and that says
 * nothing about streams. Confined to the lane.
 */
final class StreamTrust {

    private static final int STRIKES_MAX = 3;
    private static final int LONGEST_FACTOR = 10;

    private final Duration shortest;
    private final Duration lasting;
    private Duration pause;
    private boolean readsWork;
    private boolean isGivenUp;
    private boolean isTrying;
    private boolean isInTrouble;
    private long troubleSinceNanos;
    // Whether a read was answered that was begun since the trouble began; only what ends behind that is a strike.
    private boolean isProved;
    // Whether such a read was not answered.
    private boolean isAway;
    private int strikes;
    private long firstStrikeNanos;
    private long retryAtNanos;

    /**
     * Trust in all streams.
     *
     * @param shortest how long they are left alone at first
     * @param lasting a stream that says something so long after its beginning does come through
     */
    StreamTrust(Duration shortest, Duration lasting) {
        this.shortest = shortest;
        this.lasting = lasting;
        this.pause = shortest;
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    /** Whether streams that were given up are being tried. */
    boolean isTrying() {
        return isTrying;
    }

    /** Whether the last read was answered. */
    boolean readsWork() {
        return readsWork;
    }

    /** Whether it is to be found out if reads are answered. */
    boolean wantsRead() {
        return isInTrouble && !isProved && !isAway;
    }

    /** Whether reads are not answered either since streams are in trouble. */
    boolean isAway() {
        return isInTrouble && isAway;
    }

    /** A read has ended that was begun then. */
    void read(boolean isAnswered, long begunNanos) {
        readsWork = isAnswered;
        boolean isSince = isInTrouble && begunNanos - troubleSinceNanos >= 0;
        isAway = !isAnswered && isSince;
        if (!isAnswered) {
            isProved = false;
            strikes = 0;
        } else if (isSince) {
            isProved = true;
        }
    }

    /** A stream has said something; says whether streams are trusted again by that. */
    boolean heard(Feed feed) {
        if (!feed.lasts(lasting)) {
            return false;
        }
        boolean isNew = isGivenUp;
        forget();
        return isNew;
    }

    /** A stream ended, or did not come about; says whether to give streams up for now. */
    boolean ended(Feed feed, long nowNanos) {
        if (feed.lasts(lasting)) {
            return false;
        }
        if (!isInTrouble) {
            isInTrouble = true;
            troubleSinceNanos = nowNanos;
        }
        if (!isProved) {
            return false;
        }
        firstStrikeNanos = strikes == 0 ? nowNanos : firstStrikeNanos;
        strikes++;
        // A few nodes that are down are passed within no time.
        boolean isLong = nowNanos - firstStrikeNanos >= lasting.toNanos();
        if (!isTrying && (strikes < STRIKES_MAX || !isLong)) {
            return false;
        }
        giveUp(nowNanos);
        return true;
    }

    private void giveUp(long nowNanos) {
        if (isGivenUp) {
            Duration doubled = pause.multipliedBy(2);
            Duration longest = shortest.multipliedBy(LONGEST_FACTOR);
            pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        }
        isGivenUp = true;
        isTrying = false;
        strikes = 0;
        retryAtNanos = nowNanos + pause.toNanos();
    }

    /** Whether to try streams again now. */
    boolean triesNow(long nowNanos) {
        if (!isGivenUp || isTrying || nowNanos - retryAtNanos < 0) {
            return false;
        }
        isTrying = true;
        return true;
    }

    /** All is as at first. */
    void forget() {
        pause = shortest;
        isGivenUp = false;
        isTrying = false;
        isInTrouble = false;
        isProved = false;
        isAway = false;
        strikes = 0;
    }
}
