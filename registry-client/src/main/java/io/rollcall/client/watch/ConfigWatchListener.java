package io.rollcall.client.watch;

/**
 * Is told what a watch of configuration hears, on the watch's own thread, one call after the other. A listener that takes
 * its time holds the stream up, and misses nothing as long as the registry keeps the versions. An exception ends the
 * watch.
 */
@FunctionalInterface
public interface ConfigWatchListener extends StreamListener {

    /**
     * Takes an event. When it returns, the registry may be told that this watcher knows it.
     *
     * @param event the next one
     */
    void onEvent(ConfigWatchEvent event);
}
