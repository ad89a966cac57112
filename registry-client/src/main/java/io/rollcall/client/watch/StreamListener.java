package io.rollcall.client.watch;

import io.rollcall.client.answer.Refusal;
import java.net.URI;

/**
 * Is told how a watch fares, on the watch's own thread, as it is told the events themselves. An exception ends the watch.
 */
public interface StreamListener {

    /**
     * A node streams to this watch.
     *
     * @param server which
     */
    default void onConnected(URI server) {}

    /**
     * What was told until now is all that there was up to an index. That is so after a sync, and after an event unless others
     * that belong to it follow; it may be said again.
     *
     * @param index registry index
     */
    default void onKnownUpTo(long index) {}

    /**
     * The stream ended. The watch goes on by itself, mostly on another node, where it was.
     *
     * @param detail what happened
     */
    default void onInterrupted(String detail) {}

    /**
     * The registry refuses the watch for good: it has ended, and nothing more comes.
     *
     * @param refusal why
     */
    default void onRefused(Refusal refusal) {}
}
