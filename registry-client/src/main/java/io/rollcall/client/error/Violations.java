package io.rollcall.client.error;

import io.rollcall.api.model.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bad fields of a refused request. */
final class Violations {

    private Violations() {}

    static List<Violation> of(@Nullable Object member) {
        List<Violation> violations = new ArrayList<>();
        if (member instanceof List<?> errors) {
            for (Object error : errors) {
                if (error instanceof Map<?, ?> fields) {
                    violations.add(new Violation(
                            text(fields.get("field")),
                            text(fields.get("message")),
                            fields.get("limit"),
                            fields.get("position") instanceof Number position ? position.intValue() : null));
                }
            }
        }
        return Collections.unmodifiableList(violations);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
