package io.rollcall.server.app;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.query.Selection;
import io.rollcall.server.watch.Interest;
import io.rollcall.server.watch.WaitOrder;
import io.rollcall.server.watch.Waited;
import io.rollcall.server.watch.WatchHub;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Answers for those who follow at this node. */
public final class FollowerAnswers implements PeerAnswers {

    /** How long this node may take to be as far as it is asked about; below {@link Subscribers#ANSWER_TIMEOUT}. */
    private static final Duration ARRIVAL_MAX = Duration.ofMillis(500);

    private static final Duration CANARY_MAX = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};
    private static final byte[] TOLD = {1};

    private final String nodeId;
    private final WatchHub hub;
    private final CanaryReport canary;

    /**
     * The answers of a node.
     *
     * @param nodeId its id
     * @param hub knows them
     * @param canary what this member has measured, if it leads
     */
    public FollowerAnswers(String nodeId, WatchHub hub, CanaryReport canary) {
        this.nodeId = nodeId;
        this.hub = hub;
        this.canary = canary;
    }

    /** Who follows a service, once all up to an index was told there. */
    static byte[] request(ServiceKey service, long index) {
        return request(service.toString(), index);
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
            case FOLLOWERS -> followers(ByteBuffer.wrap(request));
            case ACKNOWLEDGE -> acknowledge(ByteBuffer.wrap(request));
            case CANARY -> canary(ByteBuffer.wrap(request).getLong());
            case CANARY_FIGURES -> CompletableFuture.completedFuture(figures());
            case MASTER_KEY -> throw new IllegalArgumentException("those who follow have no keys");
        };
    }

    private CompletableFuture<byte[]> followers(ByteBuffer request) {
        long index = request.getLong();
        ServiceKey service = service(StandardCharsets.UTF_8.decode(request).toString());
        return hub.reached(index, ARRIVAL_MAX)
                .thenCompose(reached -> hub.followers(service))
                .thenApply(followers -> FollowersJson.ofNode(nodeId, followers));
    }

    private static ServiceKey service(String text) {
        int slash = text.indexOf('/');
        return ServiceKey.of(text.substring(0, Math.max(0, slash)), text.substring(slash + 1));
    }

    /** The way of any reader who waits, but for being counted as one. */
    private CompletableFuture<byte[]> canary(long seen) {
        WaitOrder order = new WaitOrder(
                CanaryReport.SERVICE.namespace(),
                CanaryReport.SERVICE,
                new Interest(Selection.DEFAULT, null),
                seen,
                CANARY_MAX,
                null);
        return hub.await(order).thenApply(waited -> waited == Waited.CHANGED ? TOLD : NOTHING);
    }

    private byte[] figures() {
        byte[] figures = canary.figures();
        return figures == null ? NOTHING : figures;
    }

    private CompletableFuture<byte[]> acknowledge(ByteBuffer request) {
        long index = request.getLong();
        String subscription = StandardCharsets.UTF_8.decode(request).toString();
        return hub.acknowledge(subscription, index).thenApply(known -> new byte[] {(byte) (known ? 1 : 0)});
    }
}
