package io.rollcall.server.app;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Makes request ids that no other process, no other start of this one, and no caller comes upon. Thread-safe. */
public final class RequestIds {

    private final String prefix;
    private final AtomicLong next = new AtomicLong();

    /**
     * Ids of one start of one node.
     *
     * @param nodeId its id
     */
    public RequestIds(String nodeId) {
        // 64 random bits tell the starts apart, and keep the ids from being guessed and used up by a caller.
        this.prefix = nodeId + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong()) + "-";
    }

    /**
     * Makes an id.
     *
     * @return never the same
     */
    public String next() {
        return prefix + Long.toHexString(next.incrementAndGet());
    }
}
