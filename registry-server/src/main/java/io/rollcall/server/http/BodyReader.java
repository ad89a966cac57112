package io.rollcall.server.http;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The body of one request on its way in. No thread waits for it: a caller that sends slowly costs a connection and what
 * has come so far. It is counted as it comes, since a declared length is only a promise.
 */
final class BodyReader implements ReadListener {

    private static final int CHUNK_BYTES = 8 * 1024;

    // So much beyond the limit is read and dropped: a caller hears the answer only after it has sent everything.
    private static final int DROPPED_BYTES = 1024 * 1024;

    private final ServletInputStream input;
    private final int limit;
    private final ByteArrayOutputStream bytes;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private long count;

    private BodyReader(ServletInputStream input, int limit, int expected) {
        this.input = input;
        this.limit = limit;
        this.bytes = new ByteArrayOutputStream(Math.max(0, Math.min(expected, CHUNK_BYTES)));
    }

    /**
     * Reads a body. The request must be in asynchronous mode.
     *
     * @param request whose
     * @param limit most bytes
     * @param timeout until the last byte
     * @return fails with {@link ProblemException} over the limit, {@link TimeoutException} over the time, and {@link
     *     InvalidRequestException} if it breaks off; completed on a thread of the HTTP server, or of timers
     */
    static CompletableFuture<byte[]> read(HttpServletRequest request, int limit, Duration timeout) {
        if (request.getContentLengthLong() > (long) limit + DROPPED_BYTES) {
            return CompletableFuture.failedFuture(tooLarge(limit));
        }
        try {
            ServletInputStream input = request.getInputStream();
            int expected = request.getContentLength();
            // Nearly every body comes with its head: then there is nothing to wait for.
            if (expected >= 0 && expected <= limit && input.available() >= expected) {
                return CompletableFuture.completedFuture(input.readNBytes(expected));
            }
            BodyReader reader = new BodyReader(input, limit, expected);
            input.setReadListener(reader);
            return reader.whole.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(
                Problem.of(ErrorCode.TOO_LARGE, "the body must have at most " + limit + " bytes; send less at once")
                        .with("limit", limit));
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!whole.isDone() && input.isReady() && !input.isFinished()) {
            int length = input.read(chunk);
            if (length < 0) {
                return;
            }
            count += length;
            if (count <= limit) {
                bytes.write(chunk, 0, length);
            } else if (count > (long) limit + DROPPED_BYTES) {
                whole.completeExceptionally(tooLarge(limit));
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (count > limit) {
            whole.completeExceptionally(tooLarge(limit));
        } else {
            whole.complete(bytes.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        boolean isLate = failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
        whole.completeExceptionally(
                isLate
                        ? failure
                        : new InvalidRequestException(
                                new Violation("body", "broke off, or is not framed as HTTP asks")));
    }
}
