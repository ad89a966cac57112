package io.rollcall.server.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A large body on its way out. No thread waits for it: a caller that reads slowly costs a connection. */
final class LargeBody implements WriteListener {

    private final ServletOutputStream output;
    private final byte[] body;
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private boolean handedOver;

    private LargeBody(ServletOutputStream output, byte[] body) {
        this.output = output;
        this.body = body;
    }

    /**
     * Writes a body. The exchange must be in asynchronous mode.
     *
     * @param response takes it
     * @param body not to be changed any more
     * @return complete when all is written, or when the caller is gone, since nothing is left to be done then
     */
    static CompletableFuture<Void> write(HttpServletResponse response, byte[] body) {
        try {
            LargeBody writer = new LargeBody(response.getOutputStream(), body);
            writer.output.setWriteListener(writer);
            return writer.written;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!handedOver && output.isReady()) {
            handedOver = true;
            output.write(body);
        }
        if (handedOver && output.isReady()) {
            written.complete(null);
        }
    }

    @Override
    public void onError(Throwable failure) {
        written.complete(null);
    }
}
