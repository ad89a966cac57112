package io.rollcall.server.http;

import io.rollcall.api.model.ConfigValue;

/** How large a request may be. The limits are part of the interface, so they are no settings. */
final class RequestLimits {

    /** Request line and headers together. */
    static final int HEADER_BYTES = 16 * 1024;

    /** A body. */
    static final int BODY_BYTES = 1024 * 1024;

    /** The body of a request about many instances. */
    static final int BATCH_BODY_BYTES = 2 * 1024 * 1024;

    /** The body of a configuration value. */
    static final int CONFIG_BODY_BYTES = ConfigValue.MAX_BYTES;

    private RequestLimits() {}
}
