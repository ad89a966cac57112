package io.rollcall.server.app;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.watch.WatchHub;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Answers for those who follow at this node. */
public final class FollowerAnswers implements PeerAnswers {

    private final String nodeId;
    private final WatchHub hub;

    /**
     * The answers of a node.
     *
     * @param nodeId its id
     * @param hub knows them
     */
    public FollowerAnswers(String nodeId, WatchHub hub) {
        this.nodeId = nodeId;
        this.hub = hub;
    }

    /** Who follows a service. */
    static byte[] request(ServiceKey service) {
        return service.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What the reader of a stream knows. */
    static byte[] request(String subscription, long index) {
        byte[] name = subscription.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(index)
                .put(name)
                .array();
    }

    @Override
    public CompletableFuture<byte[]> answer(PeerQuestion question, byte[] request) {
        return switch (question) {
            case FOLLOWERS ->
                hub.followers(service(request)).thenApply(followers -> FollowersJson.ofNode(nodeId, followers));
            case ACKNOWLEDGE -> acknowledge(ByteBuffer.wrap(request));
        };
    }

    private static ServiceKey service(byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        int slash = text.indexOf('/');
        return ServiceKey.of(text.substring(0, Math.max(0, slash)), text.substring(slash + 1));
    }

    private CompletableFuture<byte[]> acknowledge(ByteBuffer request) {
        long index = request.getLong();
        String subscription = StandardCharsets.UTF_8.decode(request).toString();
        return hub.acknowledge(subscription, index).thenApply(known -> new byte[] {(byte) (known ? 1 : 0)});
    }
}
