package io.rollcall.client.directory;

import io.rollcall.api.model.ServiceKey;

/**
 * Is told what a directory learns, on the directory's own thread, one call after the other. Who takes his time holds up
 * all news of the directory. An exception is logged and counted, and that is all.
 */
public interface DirectoryListener {

    /**
     * The instances of a service are others than before, or are known for the first time.
     *
     * @param service which
     * @param before what was known; perhaps nothing
     * @param after what is known now; after {@link ServiceDirectory#clearCache} nothing
     */
    void onChange(ServiceKey service, ServiceView before, ServiceView after);

    /**
     * The registry is reached in another way than before, or not any more.
     *
     * @param before how it was
     * @param after how it is now
     */
    default void onMode(DirectoryMode before, DirectoryMode after) {}

    /**
     * What is known of a service became older than the limit. What comes next is told by {@link #onChange} only if it is
     * other.
     *
     * @param service which
     * @param view what is known
     */
    default void onStale(ServiceKey service, ServiceView view) {}
}
