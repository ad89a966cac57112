package io.rollcall.server.raft;

import io.rollcall.api.model.Member;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.state.ClusterRecord;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member tells the cluster of its own accord: its address once a start, the cluster's name if it leads first, and
 * a newer feature level if it leads and every member has it.
 *
 * <p>That each start leaves an entry in the log is on purpose: to a member that lost its data, Ratis' leader sends
 * nothing but heartbeats until there is a new entry (RATIS-2523), so that it would never rejoin an idle cluster.
 */
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final Member self;
    private final RaftView raft;
    private final ClusterTap cluster;
    private final CommandBus bus;

    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean announced;

    Announcements(Member self, RaftView raft, ClusterTap cluster, CommandBus bus) {
        this.self = self;
        this.raft = raft;
        this.cluster = cluster;
        this.bus = bus;
    }

    /** To be called now and then: says what has to be said, one thing at a time, until it is. */
    void tick() {
        ClusterRecord known = cluster.cluster();
        if (raft.leader() == null || underWay.get()) {
            return;
        }
        if (raft.leaderReady() && known.clusterId().isEmpty()) {
            submit(new Command.FoundCluster(header(), UUID.randomUUID().toString()));
        } else if (!announced || !known.members().contains(self)) {
            submit(new Command.AnnounceMember(header(), self));
        } else if (raft.leaderReady() && commonLevel(known) > known.featureLevel()) {
            submit(new Command.RaiseFeatureLevel(header(), commonLevel(known)));
        }
    }

    private static CommandHeader header() {
        return CommandHeader.of(UUID.randomUUID().toString());
    }

    /** The newest level that all voters have announced; the present one if one has not announced itself yet. */
    private int commonLevel(ClusterRecord known) {
        int level = ClusterRecord.SUPPORTED_FEATURE_LEVEL;
        for (var voters : raft.voters()) {
            for (String voter : voters) {
                level = Math.min(
                        level,
                        known.members().stream()
                                .filter(member -> member.id().equals(voter))
                                .mapToInt(Member::featureLevel)
                                .findFirst()
                                .orElse(known.featureLevel()));
            }
        }
        return level;
    }

    private void submit(Command command) {
        if (!underWay.compareAndSet(false, true)) {
            return;
        }
        String what = command.getClass().getSimpleName();
        Callbacks.onEnd(bus.submit(command, DEADLINE), (outcome, never) -> {
            boolean done = outcome instanceof SubmitOutcome.Committed;
            announced |= done && command instanceof Command.AnnounceMember;
            underWay.set(false);
            LOG.atDebug()
                    .addKeyValue("command", what)
                    .addKeyValue("outcome", outcome)
                    .log("said what I am");
            if (done) {
                // A cluster that is being founded takes all writes once the last of this is said.
                tick();
            }
        });
    }
}
