package io.rollcall.server.probe;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;

/** What comes back of a request: as much of its body as a check reads, and then the end. */
final class HttpAnswer implements Response.Listener {

    /** More came than is read. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("more than " + WebClients.MAX_BODY_BYTES + " bytes", null, false, false);
        }
    }

    /**
     * An answer as far as it was read.
     *
     * @param response status, headers and trailers
     * @param body what was kept of the body
     */
    record Received(Response response, ByteBuffer body) {}

    private final ByteBuffer body;
    private final CompletableFuture<Received> ended = new CompletableFuture<>();
    private int receivedBytes;

    HttpAnswer(int keptBytes) {
        body = ByteBuffer.allocate(keptBytes);
    }

    /** Completes when all was read that is; fails if the answer broke off before. */
    CompletableFuture<Received> ended() {
        return ended;
    }

    @Override
    public void onContent(Response part, ByteBuffer content) {
        receivedBytes += content.remaining();
        if (receivedBytes > WebClients.MAX_BODY_BYTES) {
            var unused = part.abort(new Enough());
        } else if (content.remaining() <= body.remaining()) {
            body.put(content);
        }
    }

    @Override
    public void onComplete(Result result) {
        Throwable failure = result.getFailure();
        if (failure == null || failure instanceof Enough) {
            ended.complete(new Received(result.getResponse(), body.flip()));
        } else {
            ended.completeExceptionally(failure);
        }
    }
}
