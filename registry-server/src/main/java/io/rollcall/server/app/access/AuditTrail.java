package io.rollcall.server.app.access;

/** Where it is written down who did what. Thread-safe. */
public interface AuditTrail {

    /** Writes nothing, for tests. */
    AuditTrail NONE = new AuditTrail() {
        @Override
        public void record(AuditEvent event) {
            // Nobody reads it.
        }

        @Override
        public boolean refusesWrites() {
            return false;
        }
    };

    /**
     * Takes an event. What cannot be written is counted, and the trail says later how much it lacks.
     *
     * @param event what happened; never blocks
     */
    void record(AuditEvent event);

    /**
     * Says whether writes must be refused since nobody could write down that they were made.
     *
     * @return true only if the setting asks for it, and while the trail cannot be written
     */
    boolean refusesWrites();
}
