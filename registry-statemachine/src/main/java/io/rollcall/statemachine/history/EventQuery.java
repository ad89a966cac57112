package io.rollcall.statemachine.history;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for.
 *
 * @param service of which service
 * @param afterIndex events up to it are left out; 0 for none
 * @param untilIndex events behind it are left out
 * @param instance of which instance; null: of all
 * @param limit most events of a page, 1 or more
 */
public record EventQuery(
        ServiceKey service,
        long afterIndex,
        long untilIndex,
        @Nullable InstanceId instance,
        int limit) {}
