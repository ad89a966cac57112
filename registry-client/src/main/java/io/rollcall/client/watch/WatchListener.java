package io.rollcall.client.watch;

import io.rollcall.client.answer.Refusal;
import java.net.URI;

/**
 * Is told what a watch hears, on the watch's own thread, one call after the other. A listener that takes its time holds
 * the stream up; one that takes longer than the registry waits for a reader is given what is new then. An exception ends
 * the watch.
 */
@FunctionalInterface
public interface WatchListener {

    /**
     * Takes an event. When it returns, the registry may be told that this watcher knows it.
     *
     * @param event the next one
     */
    void onEvent(WatchEvent event);

    /**
     * A node streams to this watch.
     *
     * @param server which
     */
    default void onConnected(URI server) {}

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
