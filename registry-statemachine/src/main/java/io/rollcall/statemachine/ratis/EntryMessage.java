package io.rollcall.statemachine.ratis;

import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * A log entry that this process proposes. The state machine takes no other messages, so that nothing gets into the log
 * past the proposer, and it notes here whether the entry was handed to the log.
 */
public final class EntryMessage implements Message {

    private final ByteString content;
    private final long madeNanos = System.nanoTime();
    private volatile boolean handedToLog;

    /**
     * An entry.
     *
     * @param entry its bytes, by the command codec; not copied and not to be changed any more
     */
    public EntryMessage(byte[] entry) {
        content = UnsafeByteOperations.unsafeWrap(entry);
    }

    @Override
    public ByteString getContent() {
        return content;
    }

    /**
     * Tells whether the entry may be in the log.
     *
     * @return false only if it certainly is in no log
     */
    public boolean wasHandedToLog() {
        return handedToLog;
    }

    /** When it was made, by {@link System#nanoTime}. */
    long madeNanos() {
        return madeNanos;
    }

    void handToLog() {
        handedToLog = true;
    }
}
