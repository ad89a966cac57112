package io.rollcall.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.ServiceKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Those who follow services, at all nodes. Thread-safe; no method blocks. */
public final class Subscribers {

    /** How long another member may take to answer. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    /** How often those are looked at who have not acknowledged yet. */
    static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    private final PeerAnswers own;
    private final PeerDesk peers;

    /**
     * The subscribers of all nodes, as one node finds them.
     *
     * @param own answers for this node
     * @param peers the way to the others
     */
    public Subscribers(PeerAnswers own, PeerDesk peers) {
        this.own = own;
        this.peers = peers;
    }

    /**
     * Lists who follows a service: streams, and those who read it by waiting, at all nodes that can be reached.
     *
     * @param service which
     * @param index its version, as it is shown
     * @return UTF-8 JSON; never fails
     */
    public CompletableFuture<byte[]> list(ServiceKey service, long index) {
        return ask(service, 0).thenApply(nodes -> {
            List<JsonNode> all = new ArrayList<>();
            nodes.forEach(node -> node.answer().ifPresent(found -> all.addAll(found.subscribers())));
            return FollowersJson.answer(service, index, all);
        });
    }

    private record NodeAnswer(String node, Optional<FollowersJson.OfNode> answer) {}

    private CompletableFuture<List<NodeAnswer>> ask(ServiceKey service, long index) {
        List<CompletableFuture<NodeAnswer>> asked = new ArrayList<>();
        asked.add(answered(peers.self(), own.answer(PeerQuestion.FOLLOWERS, FollowerAnswers.request(service, index))));
        for (String member : peers.reachable()) {
            asked.add(answered(
                    member,
                    peers.ask(
                            member, PeerQuestion.FOLLOWERS, FollowerAnswers.request(service, index), ANSWER_TIMEOUT)));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
    }

    private static CompletableFuture<NodeAnswer> answered(String node, CompletableFuture<byte[]> answer) {
        return answer.thenApply(bytes -> {
                    try {
                        return new NodeAnswer(node, Optional.of(FollowersJson.read(bytes)));
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                })
                // It is asked again, or listed as one that nothing is known of.
                .exceptionally(failure -> new NodeAnswer(node, Optional.empty()));
    }

    /**
     * Notes what the reader of a stream knows, whichever node has the stream.
     *
     * @param subscription the stream
     * @param index registry index up to which its reader knows all
     * @return empty if it is noted, or why not; never fails
     */
    public CompletableFuture<Optional<Problem>> acknowledge(String subscription, long index) {
        String node = subscription.substring(0, Math.max(0, subscription.lastIndexOf('-')));
        byte[] request = FollowerAnswers.request(subscription, index);
        boolean isOwn = node.equals(peers.self());
        if (!isOwn && !peers.reachable().contains(node)) {
            return CompletableFuture.completedFuture(unless(false, subscription));
        }
        return (isOwn
                        ? own.answer(PeerQuestion.ACKNOWLEDGE, request)
                        : peers.ask(node, PeerQuestion.ACKNOWLEDGE, request, ANSWER_TIMEOUT))
                .thenApply(answer -> unless(answer.length > 0 && answer[0] == 1, subscription))
                .exceptionally(failure -> Optional.of(Refusals.retryable(
                        ErrorCode.NOT_READY, "node '" + node + "', which has the stream, did not answer")));
    }

    private static Optional<Problem> unless(boolean known, String subscription) {
        return known
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ErrorCode.SUBSCRIPTION_NOT_FOUND,
                        "no stream '" + subscription + "' is open; one that begins anew has a name of its own"));
    }

    /**
     * What a wait for acknowledgements came to.
     *
     * @param acknowledged how many know
     * @param laggards who do not, or nodes of which that is not known
     */
    record Known(int acknowledged, List<String> laggards) {}

    /**
     * Waits until all who follow a service have said that they know a change that concerns them.
     *
     * @param service which
     * @param index of the change
     * @param longest how long at most; zero looks once
     * @return never fails
     */
    CompletableFuture<Known> awaitKnown(ServiceKey service, long index, Duration longest) {
        return look(service, index, System.nanoTime() + longest.toNanos());
    }

    private CompletableFuture<Known> look(ServiceKey service, long index, long deadlineNanos) {
        return ask(service, index).thenCompose(nodes -> {
            Known known = known(nodes, index);
            if (known.laggards().isEmpty() || System.nanoTime() - deadlineNanos >= 0) {
                return CompletableFuture.completedFuture(known);
            }
            Executor later = CompletableFuture.delayedExecutor(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            return CompletableFuture.<Void>completedFuture(null)
                    .thenComposeAsync(now -> look(service, index, deadlineNanos), later);
        });
    }

    private static Known known(List<NodeAnswer> nodes, long index) {
        int acknowledged = 0;
        List<String> laggards = new ArrayList<>();
        for (NodeAnswer node : nodes) {
            if (node.answer().isEmpty() || node.answer().get().isBehind(index)) {
                laggards.add("node " + node.node());
                continue;
            }
            for (JsonNode one : node.answer().get().subscribers()) {
                if (FollowersJson.isLaggard(one, index)) {
                    laggards.add(one.path("id").asText());
                } else {
                    acknowledged++;
                }
            }
        }
        return new Known(acknowledged, laggards);
    }
}
