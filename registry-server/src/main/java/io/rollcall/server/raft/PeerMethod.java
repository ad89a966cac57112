package io.rollcall.server.raft;

/** What members ask each other beside Raft. The names are those of the wire. */
enum PeerMethod {
    /** Put these commands into the log you lead. */
    FORWARD("Forward"),
    /** Confirm that you lead, and say how far the log is committed. */
    READ_INDEX("ReadIndex"),
    /** Say your current term. */
    TERM("Term"),
    /** Say how far you are. */
    STATUS("Status"),
    /** Take these heartbeats, if you lead. */
    HEARTBEAT("Heartbeat"),
    /** Say what your expiry governor holds back, if you lead, or let it go. */
    EXPIRY("Expiry"),
    /** Say who follows a service at your side. */
    FOLLOWERS("Followers"),
    /** Note what the reader of one of your streams knows. */
    ACKNOWLEDGE("Acknowledge"),
    /** Say when you have told those who follow of the canary's next change. */
    CANARY("Canary"),
    /** Say what you have measured with your canary, if you lead. */
    CANARY_FIGURES("CanaryFigures"),
    /** Say whether you have a master key. */
    MASTER_KEY("MasterKey");

    private final String wireName;

    PeerMethod(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Whether it goes by a connection on which nothing large is sent: leases and reads that wait for it must not wait for what
     * others write.
     */
    boolean isUrgent() {
        return this == TERM || this == READ_INDEX || this == HEARTBEAT || this == STATUS;
    }

    String wireName() {
        return wireName;
    }
}
