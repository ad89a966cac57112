package io.rollcall.server.app;

import io.rollcall.api.model.Member;
import io.rollcall.server.view.ClusterIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the cluster is still being founded, as this node sees it: it has a name, each member has announced itself,
 * commands are taken at the level that all of them can read, and sealed where this node was told to seal, and there is a
 * token to begin with. Before, a write that needs that level would be refused although
 * nothing is wrong.
 *
 * <p>It ends for the life of the process, so that an upgrade, in which members announce a newer level one by one, makes no
 * node look unready. And it ends after {@link #PATIENCE} at the latest: a member that never announces itself keeps writes of
 * the newest level from being taken, and nothing else. Thread-safe.
 */
public final class Founding {

    /** Announcements take a second. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ClusterState cluster;
    private final Supplier<ClusterIdentity> identity;
    private final BooleanSupplier hasFirstToken;
    private final BooleanSupplier awaitsKeys;
    private final LongSupplier nanos;

    private @Nullable Long sinceNanos;
    private boolean over;

    /**
     * A founding that this node has not looked at yet.
     *
     * @param cluster says who its members are
     * @param identity what they have announced
     * @param hasFirstToken whether the token is there with which all others are made, or cannot be there yet
     * @param awaitsKeys whether keys are still to come, without which no secret is taken
     * @param nanos monotonic time
     */
    public Founding(
            ClusterState cluster,
            Supplier<ClusterIdentity> identity,
            BooleanSupplier hasFirstToken,
            BooleanSupplier awaitsKeys,
            LongSupplier nanos) {
        this.cluster = cluster;
        this.identity = identity;
        this.hasFirstToken = hasFirstToken;
        this.awaitsKeys = awaitsKeys;
        this.nanos = nanos;
    }

    /**
     * Looks how far it is. To be asked once this node has caught up: the time that it may take counts from the first question.
     *
     * @return false for ever once it was false
     */
    synchronized boolean isUnderWay() {
        if (over) {
            return false;
        }
        long now = nanos.getAsLong();
        Long since = sinceNanos;
        if (since == null) {
            since = now;
            sinceNanos = since;
        }
        over = isDone() || now - since >= PATIENCE.toNanos();
        return !over;
    }

    private boolean isDone() {
        ClusterIdentity known = identity.get();
        List<ClusterState.MemberState> members = cluster.snapshot().members();
        Map<String, Integer> levels =
                known.members().stream().collect(Collectors.toMap(Member::id, Member::featureLevel));
        return !known.clusterId().isEmpty()
                && hasFirstToken.getAsBoolean()
                && !awaitsKeys.getAsBoolean()
                && members.stream().allMatch(member -> levels.containsKey(member.id()))
                // The least is what they have in common; a member that was removed may have had less.
                && members.stream()
                                .mapToInt(member -> levels.get(member.id()))
                                .min()
                                .orElse(0)
                        <= known.featureLevel();
    }
}
