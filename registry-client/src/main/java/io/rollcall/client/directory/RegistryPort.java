package io.rollcall.client.directory;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.watch.WatchListener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a directory asks a registry for. */
interface RegistryPort {

    /** A running watch. */
    interface Subscription {

        boolean isRunning();

        /** Waits until the listener is not at work any more. */
        void close();
    }

    /** Starts a watch; waits for nothing. */
    Subscription watch(List<ServiceKey> services, WatchListener listener);

    /**
     * Reads a service, and waits for the answer.
     *
     * @param maxAge the age that the answering node has to vouch for; null for any
     */
    Outcome<Discovery> read(ServiceKey service, @Nullable Duration maxAge);
}
