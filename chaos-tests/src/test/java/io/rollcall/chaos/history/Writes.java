package io.rollcall.chaos.history;

import io.rollcall.chaos.client.ApiRequest;
import java.util.List;

/** Made-up writes to one instance. */
final class Writes {

    static final InstanceRef ORDERS_1 = new InstanceRef("orders", "o-1");

    private Writes() {}

    static WriteRecord done(String requestId, long called, long returned, long index) {
        return new WriteRecord(planned(requestId, true), Verdict.DONE, called, returned, 1, index, List.of(index), "");
    }

    static WriteRecord deregistered(String requestId, long index) {
        return new WriteRecord(planned(requestId, false), Verdict.DONE, 0, 1, 1, index, List.of(), "");
    }

    static WriteRecord undecided(String requestId, boolean registers, Verdict verdict) {
        return new WriteRecord(planned(requestId, registers), verdict, 0, 1, 1, -1, List.of(), "");
    }

    private static PlannedWrite planned(String requestId, boolean registers) {
        return new PlannedWrite(requestId, List.of(ORDERS_1), registers, ApiRequest.get("/"));
    }
}
