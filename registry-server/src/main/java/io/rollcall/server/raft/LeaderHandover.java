package io.rollcall.server.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the leadership to another member before this one stops, so that nobody waits for an election timeout. */
final class LeaderHandover {

    /** A member that took part within it is worth a try. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LeaderHandover.class);

    private LeaderHandover() {}

    /** Returns when another member leads, or there is none that could, or the time is over. */
    static void run(RaftServer server, RaftServer.Division division, Duration timeout) {
        Optional<RaftPeerId> heir = division.getInfo().isLeader() ? mostCaughtUp(division) : Optional.empty();
        if (heir.isEmpty()) {
            return;
        }
        TransferLeadershipRequest request = new TransferLeadershipRequest(
                ClientId.randomId(),
                division.getId(),
                division.getMemberId().getGroupId(),
                CallId.getAndIncrement(),
                heir.get(),
                timeout.toMillis());
        try {
            RaftClientReply reply =
                    server.transferLeadershipAsync(request).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            LOG.atInfo()
                    .addKeyValue("to", heir.get())
                    .addKeyValue("done", reply.isSuccess())
                    .log("handed the leadership over");
        } catch (ExecutionException | TimeoutException | IOException e) {
            // The others elect one of them all the same, a timeout later.
            LOG.atWarn().addKeyValue("to", heir.get()).setCause(e).log("could not hand the leadership over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<RaftPeerId> mostCaughtUp(RaftServer.Division division) {
        Map<String, Long> committed = division.getCommitInfos().stream()
                .collect(Collectors.toMap(
                        info -> info.getServer().getId().toStringUtf8(), CommitInfoProto::getCommitIndex));
        return division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream()
                .filter(follower -> follower.getLastRpcElapsedTimeMs() <= HEARD_WITHIN.toMillis())
                .map(ServerRpcProto::getId)
                .max(Comparator.comparingLong(
                        peer -> committed.getOrDefault(peer.getId().toStringUtf8(), -1L)))
                .map(peer -> RaftPeerId.valueOf(peer.getId()));
    }
}
