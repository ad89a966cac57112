package io.rollcall.statemachine.apply;

import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.statemachine.state.InstanceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What operator and check come to. The operator beats the check; a check that has not passed yet keeps an instance
 * {@code starting}; without a check an instance is {@code passing} from the start.
 *
 * @param status the status
 * @param reason why, as a short sentence
 */
record Standing(InstanceStatus status, String reason) {

    private static final Standing UNCHECKED = new Standing(InstanceStatus.PASSING, "registered without a health check");
    private static final Standing UNPROVEN =
            new Standing(InstanceStatus.STARTING, "waiting for the first health check");

    static Standing of(@Nullable OperatorWord word, @Nullable HealthCheck check) {
        if (word != null) {
            String reason = word.reason().isEmpty() ? "set by an operator" : word.reason();
            return new Standing(word.status(), reason);
        }
        return check == null ? UNCHECKED : UNPROVEN;
    }

    /** Tells whether the process behind an instance must be taken for alive: its id is then not given to another. */
    static boolean isLive(InstanceRecord instance) {
        return instance.status() != InstanceStatus.CRITICAL;
    }
}
