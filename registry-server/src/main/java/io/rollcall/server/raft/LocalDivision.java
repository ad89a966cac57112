package io.rollcall.server.raft;

import io.rollcall.statemachine.ratis.EntryMessage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** This member's part in its Raft group, as Ratis runs it. */
final class LocalDivision implements RaftView, EntryLog {

    private final RaftPeerId self;
    private final RaftGroupId groupId;
    private volatile @Nullable Attached attached;
    private volatile boolean started;

    // Ratis chains the requests of one client, so that each entry in flight has its own.
    private final Queue<ClientId> idleClients = new ConcurrentLinkedQueue<>();

    private record Attached(RaftServer.Division division, RaftClientAsynchronousProtocol log) {}

    LocalDivision(RaftPeerId self, RaftGroupId groupId) {
        this.self = self;
        this.groupId = groupId;
    }

    /** To be called once, before anything else is asked. */
    void attach(RaftServer server) throws IOException {
        RaftServer.Division division = server.getDivision(groupId);
        // Not server.submitClientRequestAsync: it costs a thread hand-off and a blocked thread a request.
        if (!(division instanceof RaftClientAsynchronousProtocol log)) {
            throw new IOException("this version of Ratis takes no requests at " + division.getClass());
        }
        attached = new Attached(division, log);
    }

    /** To be called once the server was started: before, Ratis has no log to speak of, and nobody leads. */
    void started() {
        started = true;
    }

    boolean isStarted() {
        return started;
    }

    private Attached attached() {
        Attached present = attached;
        if (present == null) {
            throw new IllegalStateException("the Raft server of " + self + " was not built yet");
        }
        return present;
    }

    RaftServer.Division division() {
        return attached().division;
    }

    /** {@code leader}, {@code follower}, {@code candidate} or {@code listener}; {@code unknown} before it takes part. */
    String role() {
        // Ratis has no role before it is started.
        return !started
                ? "unknown"
                : division().getInfo().getCurrentRole().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String self() {
        return self.toString();
    }

    @Override
    public @Nullable String leader() {
        RaftPeerId leader = started ? division().getInfo().getLeaderId() : null;
        return leader == null ? null : leader.toString();
    }

    @Override
    public boolean leaderReady() {
        return started && division().getInfo().isLeaderReady();
    }

    @Override
    public long term() {
        return started ? division().getInfo().getCurrentTerm() : 0;
    }

    @Override
    public long committedIndex() {
        return started ? division().getRaftLog().getLastCommittedIndex() : RaftLog.INVALID_LOG_INDEX;
    }

    @Override
    public long appliedIndex() {
        return started ? division().getInfo().getLastAppliedIndex() : RaftLog.INVALID_LOG_INDEX;
    }

    @Override
    public long lastIndex() {
        RaftLog log = division().getRaftLog();
        TermIndex last = log.getLastEntryTermIndex();
        return Math.max(last == null ? RaftLog.INVALID_LOG_INDEX : last.getIndex(), log.getSnapshotIndex());
    }

    @Override
    public List<Set<String>> voters() {
        RaftConfiguration configuration = division().getRaftConf();
        Set<String> current = ids(configuration.getCurrentPeers());
        Set<String> previous = ids(configuration.getPreviousPeers());
        return previous.isEmpty() ? List.of(current) : List.of(current, previous);
    }

    private static Set<String> ids(Collection<RaftPeer> peers) {
        return peers.stream().map(peer -> peer.getId().toString()).collect(Collectors.toSet());
    }

    /** The members of the configuration, voting or not. */
    Collection<RaftPeer> peers() {
        return division().getRaftConf().getAllPeers();
    }

    /** The Raft address of a member; null if it is none. */
    @Nullable
    String address(String id) {
        RaftPeer peer = division().getRaftConf().getPeer(RaftPeerId.valueOf(id));
        return peer == null ? null : peer.getAddress();
    }

    boolean isAlive() {
        LifeCycle.State state = division().getInfo().getLifeCycleState();
        return !state.isClosingOrClosed() && state != LifeCycle.State.EXCEPTION;
    }

    @Override
    public CompletableFuture<Disposition> append(byte[] entry) {
        EntryMessage message = new EntryMessage(entry);
        ClientId idle = idleClients.poll();
        ClientId client = idle == null ? ClientId.randomId() : idle;
        RaftClientRequest request = RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(self)
                .setGroupId(groupId)
                .setCallId(CallId.getAndIncrement())
                .setMessage(message)
                .setType(RaftClientRequest.writeRequestType())
                .build();
        return submit(request).handle((reply, error) -> {
            idleClients.add(client);
            return disposition(message, reply);
        });
    }

    private CompletableFuture<RaftClientReply> submit(RaftClientRequest request) {
        try {
            return attached().log.submitClientRequestAsync(request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Disposition disposition(EntryMessage message, @Nullable RaftClientReply reply) {
        if (reply != null && reply.isSuccess()) {
            return Disposition.COMMITTED;
        }
        if (message.wasHandedToLog()) {
            return Disposition.UNKNOWN;
        }
        boolean overloaded = reply != null && reply.getException() instanceof ResourceUnavailableException;
        return overloaded ? Disposition.OVERLOADED : Disposition.NOT_LEADER;
    }
}
