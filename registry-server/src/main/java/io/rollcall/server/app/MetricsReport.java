package io.rollcall.server.app;

import org.jspecify.annotations.Nullable;

/** What this node measures, as text for whoever scrapes it. */
public interface MetricsReport {

    /** Nothing is measured. */
    MetricsReport NONE = accept -> null;

    /**
     * Reads all that is measured.
     *
     * @param accept the formats that the caller takes, as HTTP has it; null: any
     * @return null if nothing is measured
     */
    @Nullable
    Page page(@Nullable String accept);

    /**
     * What was read.
     *
     * @param contentType its format
     * @param body UTF-8; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Page(String contentType, byte[] body) {}
}
