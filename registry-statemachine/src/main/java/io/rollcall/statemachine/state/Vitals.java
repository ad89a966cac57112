package io.rollcall.statemachine.state;

import io.rollcall.api.model.CheckState;
import org.jspecify.annotations.Nullable;

/**
 * What the leader's verdicts have made of one incarnation of an instance.
 *
 * @param leaseLapsed whether its lease has run out since its last beat
 * @param leaseReason why it has, as a short sentence; empty while it has not
 * @param check what its health check has come to; null if it has none, or none that has come to anything
 * @param checkReason why, as the leader saw it; may be empty
 * @param suspect whether it is held back from expiry
 */
public record Vitals(
        boolean leaseLapsed, String leaseReason, @Nullable CheckState check, String checkReason, boolean suspect) {

    /** Of an incarnation that nothing was judged of yet. */
    public static final Vitals FRESH = new Vitals(false, "", null, "", false);

    /**
     * Its lease has run out; what is decided is in doubt no more.
     *
     * @param reason why
     * @return a copy of that
     */
    public Vitals lapsed(String reason) {
        return new Vitals(true, reason, check, checkReason, false);
    }

    /**
     * It has beaten again.
     *
     * @return a copy of that
     */
    public Vitals revived() {
        return new Vitals(false, "", check, checkReason, false);
    }

    /**
     * Its check has come to another state. One that fails ends the doubt; one that passes says nothing of the lease.
     *
     * @param state what it has come to
     * @param reason why
     * @return a copy of that
     */
    public Vitals turned(CheckState state, String reason) {
        return new Vitals(leaseLapsed, leaseReason, state, reason, suspect && state != CheckState.CRITICAL);
    }

    /**
     * It is in doubt, or no longer.
     *
     * @param doubted whether it is
     * @return a copy of that
     */
    public Vitals suspected(boolean doubted) {
        return new Vitals(leaseLapsed, leaseReason, check, checkReason, doubted);
    }
}
