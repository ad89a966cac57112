package io.rollcall.server.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.protocol.RaftServerAsynchronousProtocol;

/**
 * What this member sends to others, but no requests for votes while it has no right to stand. Its elections then end in the
 * pre-vote, which changes no term. (Ratis' own pause of elections leaves a member behind that never stands again.)
 */
final class GatedRpc implements GrpcServices {

    private final GrpcServices rpc;
    private final VotingRight right;
    private final PeerTls tls;

    GatedRpc(GrpcServices rpc, VotingRight right, PeerTls tls) {
        this.rpc = rpc;
        this.right = right;
        this.tls = tls;
    }

    GrpcServices ungated() {
        return rpc;
    }

    @Override
    public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
        if (!right.isHeld()) {
            throw new IOException("does not stand before it has caught up");
        }
        return rpc.requestVote(request);
    }

    @Override
    public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) throws IOException {
        return rpc.appendEntries(request);
    }

    @Override
    public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) throws IOException {
        return rpc.installSnapshot(request);
    }

    @Override
    public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
            throws IOException {
        return rpc.startLeaderElection(request);
    }

    @Override
    public RaftServerAsynchronousProtocol async() {
        return rpc.async();
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> peers) {
        tls.add(peers);
        rpc.addRaftPeers(peers);
    }

    @Override
    public void handleException(RaftPeerId serverId, Exception e, boolean reconnect) {
        rpc.handleException(serverId, e, reconnect);
    }

    @Override
    public void notifyNotLeader(RaftGroupId groupId) {
        rpc.notifyNotLeader(groupId);
    }

    @Override
    public RpcType getRpcType() {
        return rpc.getRpcType();
    }

    @Override
    public InetSocketAddress getInetSocketAddress() {
        return rpc.getInetSocketAddress();
    }

    @Override
    public InetSocketAddress getClientServerAddress() {
        return rpc.getClientServerAddress();
    }

    @Override
    public InetSocketAddress getAdminServerAddress() {
        return rpc.getAdminServerAddress();
    }

    @Override
    public void start() throws IOException {
        rpc.start();
    }

    @Override
    public void close() throws IOException {
        rpc.close();
    }
}
