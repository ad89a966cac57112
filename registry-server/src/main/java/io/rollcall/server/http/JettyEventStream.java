package io.rollcall.server.http;

import io.rollcall.api.http.Headers;
import io.rollcall.server.app.EventStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One answer that goes on for as long as its reader stays. A write is done when the system has taken its bytes; until
 * then no thread waits and nothing is held but the bytes of that write.
 */
final class JettyEventStream implements EventStream, Callback {

    private final String nodeId;
    private final Response response;
    private final Callback exchange;

    private List<ByteBuffer> parts = List.of();
    private int nextPart;
    private @Nullable Consumer<@Nullable Throwable> done;
    private boolean writing;
    private boolean ending;
    private boolean ended;

    JettyEventStream(String nodeId, Response response, Callback exchange) {
        this.nodeId = nodeId;
        this.response = response;
        this.exchange = exchange;
    }

    static void headers(String nodeId, Response response) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        // Proxies of a widespread make hold answers back unless told.
        response.getHeaders().put("X-Accel-Buffering", "no");
        response.getHeaders().put(Headers.NODE, nodeId);
    }

    @Override
    public void begin(String subscription, long applied) {
        headers(nodeId, response);
        response.getHeaders().put(Headers.APPLIED, applied);
        response.getHeaders().put(Headers.SUBSCRIPTION, subscription);
    }

    @Override
    public void write(List<ByteBuffer> newParts, Consumer<@Nullable Throwable> whenDone) {
        boolean isOpen;
        synchronized (this) {
            isOpen = !ended;
            if (isOpen) {
                parts = newParts;
                nextPart = 0;
                done = whenDone;
                writing = true;
            }
        }
        if (isOpen) {
            writeNext();
        } else {
            whenDone.accept(new IOException("the stream has ended"));
        }
    }

    private void writeNext() {
        try {
            response.write(false, parts.get(nextPart++), this);
        } catch (RuntimeException e) {
            // Whoever writes has other streams as well.
            failed(e);
        }
    }

    @Override
    public void succeeded() {
        if (nextPart < parts.size()) {
            writeNext();
            return;
        }
        @Nullable Consumer<@Nullable Throwable> written;
        boolean end;
        synchronized (this) {
            written = done;
            done = null;
            parts = List.of();
            writing = false;
            end = ending && !ended;
            ended |= end;
        }
        if (end) {
            finish();
        }
        if (written != null) {
            written.accept(null);
        }
    }

    @Override
    public void failed(Throwable failure) {
        abort(failure);
    }

    @Override
    public void end() {
        boolean now;
        synchronized (this) {
            ending = true;
            now = !writing && !ended;
            ended |= now;
        }
        if (now) {
            finish();
        }
    }

    private void finish() {
        response.write(true, BufferUtil.EMPTY_BUFFER, exchange);
    }

    @Override
    public void cut() {
        abort(new IOException("the stream was cut off"));
    }

    private void abort(Throwable reason) {
        @Nullable Consumer<@Nullable Throwable> written;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            written = done;
            done = null;
        }
        exchange.failed(reason);
        if (written != null) {
            written.accept(reason);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
