package io.rollcall.chaos.history;

import io.rollcall.chaos.client.ApiRequest;
import java.util.List;

/**
 * A write before it is sent. It is planned so that no rule refuses it: one caller alone writes to its targets.
 *
 * @param requestId sent as the idempotency key; the mark of what it registers
 * @param targets what it changes, in the order of the request
 * @param registers true: the targets are registered after it; false: they are gone
 * @param request what is sent
 */
public record PlannedWrite(String requestId, List<InstanceRef> targets, boolean registers, ApiRequest request) {

    /** Copies the targets. */
    public PlannedWrite {
        targets = List.copyOf(targets);
    }
}
