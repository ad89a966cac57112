package io.rollcall.server.raft;

import io.rollcall.server.app.Freshness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.raftlog.RaftLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when a member whose folder is new may take part in elections.
 *
 * <ul>
 *   <li>It is the only voter.
 *   <li>The cluster is new: all voters, not just a majority, are there, and none has a log. So nothing was ever promised.
 *   <li>It has passed a read barrier: a majority of members with the right vouched for a leader, and this member has on
 *       disk all that the leader had committed. So whatever it acknowledged before it has again, and no vote that it forgot
 *       is of use to anyone.
 * </ul>
 */
final class Admission {

    /** How often it is looked at. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration REMINDER_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final VotingRight right;
    private final RaftView raft;
    private final PeerCalls peers;
    private final Freshness freshness;

    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long lastReminderNanos = System.nanoTime();

    Admission(VotingRight right, RaftView raft, PeerCalls peers, Freshness freshness) {
        this.right = right;
        this.raft = raft;
        this.peers = peers;
        this.freshness = freshness;
    }

    /** To be called every {@link #INTERVAL}. */
    void tick() {
        if (right.isHeld()) {
            return;
        }
        Set<String> others = new TreeSet<>();
        raft.voters().forEach(others::addAll);
        others.remove(raft.self());
        if (others.isEmpty()) {
            grant("it is the only voter");
        } else if (freshness.hasCaughtUp()) {
            grant("it has caught up");
        } else if (isLogEmpty() && asking.compareAndSet(false, true)) {
            ask(others);
        }
    }

    private boolean isLogEmpty() {
        return raft.lastIndex() == RaftLog.INVALID_LOG_INDEX;
    }

    private void ask(Set<String> others) {
        Set<String> open = new ConcurrentSkipListSet<>(others);
        CompletableFuture<?>[] answers = others.stream()
                .map(other -> peers.call(other, PeerMethod.STATUS, PeerMessages.EMPTY, ANSWER_TIMEOUT)
                        .thenAccept(answer -> {
                            if (hasEmptyLog(answer)) {
                                open.remove(other);
                            }
                        }))
                .toArray(CompletableFuture[]::new);
        Callbacks.onEnd(CompletableFuture.allOf(answers), (all, error) -> {
            if (open.isEmpty() && isLogEmpty()) {
                grant("all members are there, and the cluster is new");
            } else {
                remind(open);
            }
            asking.set(false);
        });
    }

    private static boolean hasEmptyLog(byte[] status) {
        try {
            return PeerMessages.Status.of(status).lastIndex() == RaftLog.INVALID_LOG_INDEX;
        } catch (PeerException e) {
            // What cannot be read proves nothing.
            return false;
        }
    }

    private void remind(Set<String> open) {
        long now = System.nanoTime();
        if (now - lastReminderNanos >= REMINDER_INTERVAL.toNanos()) {
            lastReminderNanos = now;
            LOG.atInfo()
                    .addKeyValue("missing", open)
                    .log(
                            "has no data yet: waits for the cluster's leader, or, to found a new cluster, for all members");
        }
    }

    private void grant(String why) {
        try {
            right.grant(why);
        } catch (IOException e) {
            throw new UncheckedIOException("the voting right could not be written", e);
        }
    }
}
