package io.rollcall.server.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of answers that the node is to blame for and that no span tells of. Thread-safe. A node that refuses everything
 * must not drown in saying so: {@value #LINES_PER_SECOND} lines a second are written, and all are counted.
 */
final class UnsampledErrors {

    static final int LINES_PER_SECOND = 10;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(UnsampledErrors.class);

    private final LongSupplier nanoTime;
    private final LongAdder count = new LongAdder();
    private final AtomicLong silent = new AtomicLong();

    // Guarded by this.
    private long secondBegan;
    private int lines;

    UnsampledErrors(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.secondBegan = nanoTime.getAsLong();
    }

    /** A request was answered by a status of 500 or more; what is sampled is passed over. */
    void answered(Request request, int status, String code) {
        if (RequestSpan.of(request) != null) {
            return;
        }
        count.increment();
        if (!mayWrite()) {
            silent.incrementAndGet();
            return;
        }
        LOG.atWarn()
                .addKeyValue("status", status)
                .addKeyValue("code", code)
                .addKeyValue("method", RequestSpan.knownMethod(request.getMethod()))
                .addKeyValue("path", request.getHttpURI().getPath())
                .addKeyValue("traceId", TraceIds.traceId(request))
                .addKeyValue("notWritten", silent.getAndSet(0))
                .log("a request was not answered as it should have been");
    }

    private synchronized boolean mayWrite() {
        long now = nanoTime.getAsLong();
        if (now - secondBegan >= SECOND_NANOS) {
            secondBegan = now;
            lines = 0;
        }
        return lines++ < LINES_PER_SECOND;
    }

    /** How many there were since the start. */
    long count() {
        return count.sum();
    }
}
