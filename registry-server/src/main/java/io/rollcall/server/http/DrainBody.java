package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.StrictFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a drain, which need not be there. */
final class DrainBody {

    private static final String REASON = "reason";

    private DrainBody() {}

    /**
     * Reads the reason, from the query or from the body.
     *
     * @param body as it came; empty for none
     * @param inQuery the reason of the query; null for none
     * @param violations takes what is found
     * @return the reason; empty if neither has one
     * @throws InvalidRequestException if the body is no JSON
     */
    static String reason(byte[] body, @Nullable String inQuery, Violations violations) {
        String inBody = body.length == 0 ? null : read(JsonBody.parse(body), violations);
        if (inBody != null && inQuery != null) {
            violations.add(REASON, "must be given once, in the query or in the body");
        }
        String reason = inBody == null ? inQuery : inBody;
        return reason == null ? "" : StatusBody.checkedReason(reason, violations);
    }

    private static @Nullable String read(JsonNode body, Violations violations) {
        if (!body.isObject()) {
            violations.add("body", "must be a JSON object");
            return null;
        }
        StrictFields fields = new StrictFields(body, "", violations);
        fields.refuseUnknown(Set.of(REASON), Set.of());
        return fields.text(REASON);
    }
}
