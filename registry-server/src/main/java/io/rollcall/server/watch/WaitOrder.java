package io.rollcall.server.watch;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a blocking read waits for.
 *
 * @param namespace of the services
 * @param service which; null for all of the namespace
 * @param interest which of their instances
 * @param index registry index behind which a change is waited for
 * @param longest how long at most
 * @param subscriber who reads; null where the registry itself waits, which is neither listed nor counted
 */
public record WaitOrder(
        Namespace namespace,
        @Nullable ServiceKey service,
        Interest interest,
        long index,
        Duration longest,
        @Nullable Subscriber subscriber) {}
