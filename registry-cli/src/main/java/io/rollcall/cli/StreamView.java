package io.rollcall.cli;

import io.rollcall.client.watch.StreamListener;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Shows how a watch fares. */
abstract class StreamView implements StreamListener {

    private boolean isTrying;

    @Override
    public final void onConnected(URI server) {
        isTrying = false;
        connected(server, null);
    }

    /** Told once, not for each attempt: an outage has thousands of them. */
    @Override
    public final void onInterrupted(String detail) {
        if (!isTrying) {
            isTrying = true;
            connected(null, detail);
        }
    }

    /**
     * The connection stands, or has ended.
     *
     * @param server null if it has ended
     * @param detail why it has ended; null if it stands
     */
    abstract void connected(@Nullable URI server, @Nullable String detail);
}
