package io.rollcall.chaos.workload;

import io.rollcall.chaos.history.InstanceRef;

/** One instance of a {@link Fleet}. Changed on the fleet's thread alone. */
final class Member {

    private final InstanceRef ref;
    private volatile long incarnation;
    private volatile boolean silent;
    private boolean unknown;

    Member(InstanceRef ref) {
        this.ref = ref;
    }

    InstanceRef ref() {
        return ref;
    }

    long incarnation() {
        return incarnation;
    }

    /** It is registered, and beats if it is not silent. */
    void enrolled(long given) {
        incarnation = given;
        unknown = false;
    }

    /** The registry does not know it, and told it to register anew. */
    void disowned() {
        unknown = true;
    }

    void setSilent(boolean now) {
        silent = now;
    }

    boolean isSilent() {
        return silent;
    }

    boolean mustEnrol() {
        return unknown && !silent;
    }

    boolean beats() {
        return !silent && !unknown;
    }
}
