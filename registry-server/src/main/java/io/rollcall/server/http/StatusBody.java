package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Texts;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.StrictFields;
import java.util.Set;

/** The body of an operator's word. */
final class StatusBody {

    private static final String STATUS = "status";
    private static final String REASON = "reason";

    private StatusBody() {}

    /**
     * Reads it.
     *
     * @param body the JSON
     * @return the word
     * @throws InvalidRequestException naming every bad field
     */
    static OperatorWord read(JsonNode body) {
        Violations violations = new Violations();
        if (!body.isObject()) {
            violations.add("body", "must be a JSON object");
            violations.throwIfAny();
        }
        StrictFields fields = new StrictFields(body, "", violations);
        fields.refuseUnknown(Set.of(STATUS, REASON), Set.of());
        String reason = checkedReason(fields.textOr(REASON, ""), violations);
        if (!body.hasNonNull(STATUS)) {
            violations.add(STATUS, "is required");
        }
        OperatorWord word = fields.parsed(STATUS, (field, text) -> word(text, reason));
        violations.throwIfAny();
        if (word == null) {
            throw new IllegalStateException("a status without a value and without a violation");
        }
        return word;
    }

    /** Checks the reason of an operator's word, wherever it stands, and returns it. */
    static String checkedReason(String reason, Violations violations) {
        if (reason.length() > OperatorWord.MAX_REASON_LENGTH) {
            violations.add(
                    REASON,
                    "must have at most " + OperatorWord.MAX_REASON_LENGTH + " characters, has " + reason.length(),
                    OperatorWord.MAX_REASON_LENGTH);
        } else if (Texts.hasForbidden(reason, false)) {
            violations.add(REASON, "must not contain control characters or half a surrogate pair");
        }
        return reason;
    }

    private static OperatorWord word(String text, String reason) {
        // Any other status, and any other text, is refused in the same words.
        boolean isMaintenance = text.equals(InstanceStatus.MAINTENANCE.wireName());
        boolean isDraining = text.equals(InstanceStatus.DRAINING.wireName());
        return new OperatorWord(
                isMaintenance
                        ? InstanceStatus.MAINTENANCE
                        : isDraining ? InstanceStatus.DRAINING : InstanceStatus.PASSING,
                reason);
    }
}
