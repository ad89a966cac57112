package io.rollcall.client.watch;

/**
 * Is told what a watch hears, on the watch's own thread, one call after the other. A listener that takes its time holds
 * the stream up; one that takes longer than the registry waits for a reader is given what is new then. An exception ends
 * the watch.
 */
@FunctionalInterface
public interface WatchListener extends StreamListener {

    /**
     * Takes an event. When it returns, the registry may be told that this watcher knows it.
     *
     * @param event the next one
     */
    void onEvent(WatchEvent event);
}
