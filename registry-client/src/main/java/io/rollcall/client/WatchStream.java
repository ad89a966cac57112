package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Json;
import io.rollcall.client.Exchange.StreamAnswer;
import io.rollcall.client.answer.AnswerHeaders;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.watch.StreamListener;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One stream of a watch at a time: asks for it, reads it to its end, and says how it ended. */
final class WatchStream {

    /** How a stream ended, or that none came about. */
    sealed interface Ending {

        /** Another one may go on. */
        record Broken(String detail) implements Ending {}

        /** An event was missing: the next one has to begin anew. */
        record Gap(String detail) implements Ending {}

        /** The node does not know yet, or not any more, what was told before. */
        record Behind(String detail) implements Ending {}

        /** The registry wants no such watch, on no node. */
        record Refused(Refusal refusal) implements Ending {}
    }

    // A node that is behind waits as long before it says so.
    private static final Duration CATCHING_UP = Duration.ofSeconds(5);

    private final WatchTarget target;
    private final Exchange exchange;
    private final ClientSettings settings;
    private final WatchReader reader;
    private final StreamListener listener;
    private final Duration silence;

    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<?> asked;
    private volatile @Nullable EventStreamBody open;

    /**
     * The streams of a watch.
     *
     * @param silence how long nothing may come
     */
    WatchStream(
            WatchTarget target,
            Exchange exchange,
            ClientSettings settings,
            WatchReader reader,
            StreamListener listener,
            Duration silence) {
        this.target = target;
        this.exchange = exchange;
        this.settings = settings;
        this.reader = reader;
        this.listener = listener;
        this.silence = silence;
    }

    /** Follows a node as long as it streams. */
    Ending follow(URI server) throws InterruptedException {
        Long lastEventId = reader.lastEventId();
        Duration timeout = settings.attemptTimeout().plus(lastEventId == null ? Duration.ZERO : CATCHING_UP);
        String token;
        try {
            token = exchange.credentials().current();
        } catch (TokenException e) {
            return new Ending.Broken(e.detail());
        }
        CompletableFuture<StreamAnswer> answer =
                exchange.stream(server, target.target(), token, target.resumingAt(lastEventId));
        asked = answer;
        if (closed) {
            answer.cancel(true);
        }
        try {
            return answered(server, token, answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Ending.Broken(server + ": no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Ending.Broken(server + ": no connection, or it broke: " + e.getCause());
        } finally {
            asked = null;
        }
    }

    private Ending answered(URI server, @Nullable String token, StreamAnswer answer) throws InterruptedException {
        if (answer instanceof StreamAnswer.Other other) {
            return refused(server, token, other.status(), other.body());
        }
        if (!(answer instanceof StreamAnswer.Streaming streaming)) {
            throw new IllegalStateException("an answer without a body");
        }
        EventStreamBody stream = streaming.body();
        open = stream;
        try {
            if (closed) {
                return new Ending.Broken("closed");
            }
            long applied = AnswerHeaders.of(streaming.headers()).applied();
            if (reader.lastEventId() == null && applied > 0 && applied < reader.highest()) {
                return new Ending.Behind(
                        server + ": has applied index " + applied + ", and " + reader.highest() + " was told already");
            }
            reader.begin(
                    server, streaming.headers().firstValue(Headers.SUBSCRIPTION).orElse(null));
            listener.onConnected(server);
            return read(server, stream);
        } finally {
            open = null;
            stream.cancel();
        }
    }

    private Ending refused(URI server, @Nullable String token, int status, byte[] body) {
        JsonNode json = MissingNode.getInstance();
        String text = "";
        try {
            json = body.length == 0 ? json : Json.mapper().readTree(body);
        } catch (IOException e) {
            text = new String(body, StandardCharsets.UTF_8);
        }
        Refusal refusal = Refusal.read(status, json, text);
        boolean mayPass = status >= 500
                || refusal.is(ErrorCode.RATE_LIMITED)
                || refusal.is(ErrorCode.REQUEST_TIMEOUT)
                || (refusal.is(ErrorCode.UNAUTHENTICATED)
                        && exchange.credentials().isReplaced(token));
        // What has no code was said by something that stands before a node.
        if (refusal.known().isPresent() && !mayPass) {
            return new Ending.Refused(refusal);
        }
        String detail = server + ": " + refusal;
        boolean isBehind = refusal.is(ErrorCode.NOT_READY) && reader.lastEventId() != null;
        return isBehind ? new Ending.Behind(detail) : new Ending.Broken(detail);
    }

    private Ending read(URI server, EventStreamBody stream) throws InterruptedException {
        EventStreamParser parser = new EventStreamParser(settings.maxAnswerBytes(), reader::take);
        long heard = System.nanoTime();
        try {
            while (true) {
                List<ByteBuffer> piece = stream.next(silence.minusNanos(System.nanoTime() - heard));
                if (piece == null) {
                    return new Ending.Broken(server + ": no event for " + silence.toMillis() + " ms");
                }
                long before = reader.frames();
                for (ByteBuffer bytes : piece) {
                    parser.feed(bytes);
                }
                // Comments are no sign of life: something before the node may send them.
                if (reader.frames() > before || parser.isInsideEvent()) {
                    heard = System.nanoTime();
                }
            }
        } catch (GapException e) {
            return new Ending.Gap(server + ": " + e.getMessage());
        } catch (IOException e) {
            return new Ending.Broken(server + ": " + e.getMessage());
        }
    }

    /** Ends the present stream, and lets no other come about. */
    void close() {
        closed = true;
        CompletableFuture<?> waiting = asked;
        if (waiting != null) {
            waiting.cancel(true);
        }
        EventStreamBody stream = open;
        if (stream != null) {
            stream.cancel();
        }
    }
}
