package io.rollcall.client.grpc;

import io.rollcall.api.model.Namespace;
import io.rollcall.client.directory.ServiceDirectory;
import org.jspecify.annotations.Nullable;

/** Where the directory of a channel comes from. Thread-safe. */
interface Directories {

    /**
     * Returns the directory of a namespace, to be released once.
     *
     * @param namespace null: whichever it is of
     * @throws IllegalArgumentException if there is none of that namespace
     * @throws IllegalStateException if it is not said where the registry is
     */
    ServiceDirectory acquire(@Nullable Namespace namespace);

    /** Says that a channel needs it no more. */
    void release(ServiceDirectory directory);
}
