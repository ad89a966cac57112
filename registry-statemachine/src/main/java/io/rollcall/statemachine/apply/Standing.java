package io.rollcall.statemachine.apply;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.statemachine.state.Vitals;
import org.jspecify.annotations.Nullable;

/**
 * What operator, lease and check come to: the one place where they are put together. The worst wins, in this order:
 *
 * <ol>
 *   <li>{@code maintenance}, by the operator's word;
 *   <li>{@code critical}: the lease has lapsed, or the check has failed;
 *   <li>{@code draining}, by the operator's word;
 *   <li>{@code starting}: there is a check, and it has come to nothing yet;
 *   <li>{@code warning}: the check warns;
 *   <li>{@code passing}: the check is good, or there is none.
 * </ol>
 *
 * @param status the status
 * @param reason why, as a short sentence
 */
record Standing(InstanceStatus status, String reason) {

    private static final Standing UNCHECKED = new Standing(InstanceStatus.PASSING, "registered without a health check");
    private static final Standing PASSED = new Standing(InstanceStatus.PASSING, "health check passed");
    private static final Standing UNPROVEN =
            new Standing(InstanceStatus.STARTING, "waiting for the first health check");

    /**
     * Puts them together.
     *
     * @param word the operator's; null if there is none
     * @param check what the registration asks for; null if it asks for none
     * @param vitals what the verdicts have come to
     * @return the standing
     */
    static Standing of(@Nullable OperatorWord word, @Nullable HealthCheck check, Vitals vitals) {
        if (word != null && word.status() == InstanceStatus.MAINTENANCE) {
            return byOperator(word);
        }
        if (vitals.leaseLapsed()) {
            return new Standing(InstanceStatus.CRITICAL, vitals.leaseReason());
        }
        if (vitals.check() == CheckState.CRITICAL) {
            return new Standing(InstanceStatus.CRITICAL, because("health check failed", vitals.checkReason()));
        }
        if (word != null) {
            return byOperator(word);
        }
        if (check == null) {
            return UNCHECKED;
        }
        CheckState state = vitals.check();
        if (state == null) {
            return UNPROVEN;
        }
        return state == CheckState.WARNING
                ? new Standing(InstanceStatus.WARNING, because("health check warns", vitals.checkReason()))
                : PASSED;
    }

    private static Standing byOperator(OperatorWord word) {
        return new Standing(word.status(), word.reason().isEmpty() ? "set by an operator" : word.reason());
    }

    private static String because(String what, String why) {
        return why.isEmpty() ? what : what + ": " + why;
    }

    /** Tells whether the process behind an instance must be taken for alive: its id is then not given to another. */
    static boolean isLive(Vitals vitals) {
        return !vitals.leaseLapsed();
    }
}
