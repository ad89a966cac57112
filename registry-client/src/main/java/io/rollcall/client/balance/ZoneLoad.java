package io.rollcall.client.balance;

import java.util.concurrent.atomic.LongAdder;

/** The calls in flight to all instances of one zone. */
final class ZoneLoad {

    private final LongAdder calls = new LongAdder();

    void began() {
        calls.increment();
    }

    void ended() {
        calls.decrement();
    }

    long inFlight() {
        return calls.sum();
    }
}
