package io.rollcall.client.balance;

/** The clocks, so that tests need not wait. */
interface Time {

    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long wallMillis() {
            return System.currentTimeMillis();
        }
    };

    /** Monotonic; only differences mean something. */
    long nanos();

    /** This machine's word on the time of day, which may be wrong. */
    long wallMillis();
}
