package io.rollcall.server.raft;

/** What became of one attempt to get a command into the log. */
enum Disposition {
    /** In the log and committed. Its result comes with its application, on each node. */
    COMMITTED(0),
    /** In no log: the member that was asked does not lead, or not yet. */
    NOT_LEADER(1),
    /** In no log: too much waits already. */
    OVERLOADED(2),
    /** In no log: not every member could read it. */
    FEATURE_LEVEL(3),
    /** In a log, or not. */
    UNKNOWN(4);

    private final byte code;

    Disposition(int code) {
        this.code = (byte) code;
    }

    /** What stands for it on the wire; never changed. */
    byte code() {
        return code;
    }

    /** Codes of newer members that are unknown here say nothing certain. */
    static Disposition of(byte code) {
        for (Disposition each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        return UNKNOWN;
    }
}
