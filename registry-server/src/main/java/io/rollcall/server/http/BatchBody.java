package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.RegistrationReader;
import io.rollcall.api.wire.StrictFields;
import io.rollcall.server.app.Registrations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a batch registration. */
final class BatchBody {

    private static final String INSTANCES = "instances";

    private BatchBody() {}

    /**
     * Reads all items; one that is bad refuses all.
     *
     * @param body an object with {@code instances}, or the array alone
     * @param namespace from the query
     * @return at least one, no key twice
     * @throws InvalidRequestException naming every bad field as {@code instances[3].port}
     */
    static List<Registration> read(JsonNode body, Namespace namespace) {
        JsonNode items = items(body);
        if (items.isEmpty() || items.size() > Registrations.MAX_BATCH) {
            throw new InvalidRequestException(new Violation(
                    INSTANCES,
                    "must have 1 to " + Registrations.MAX_BATCH + " entries, has " + items.size(),
                    items.isEmpty() ? 1 : Registrations.MAX_BATCH));
        }
        Violations violations = new Violations();
        List<Registration> batch = new ArrayList<>(items.size());
        Map<InstanceKey, Integer> positions = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Registration registration = item(items.get(i), i, namespace, violations);
            if (registration == null) {
                continue;
            }
            batch.add(registration);
            Integer earlier = positions.putIfAbsent(registration.key(), i);
            if (earlier != null) {
                violations.add(INSTANCES + "[" + i + "]", "has the name and id of instances[" + earlier + "]");
            }
        }
        violations.throwIfAny();
        return batch;
    }

    private static JsonNode items(JsonNode body) {
        if (body.isArray()) {
            return body;
        }
        Violations violations = new Violations();
        if (!body.isObject()) {
            violations.add("body", "must be an object with instances, or an array of them");
            violations.throwIfAny();
        }
        new StrictFields(body, "", violations).refuseUnknown(Set.of(INSTANCES), Set.of());
        JsonNode items = body.path(INSTANCES);
        if (!items.isArray()) {
            violations.add(INSTANCES, items.isMissingNode() ? "is required" : "must be an array");
        }
        violations.throwIfAny();
        return items;
    }

    private static @Nullable Registration item(
            JsonNode item, int position, Namespace namespace, Violations violations) {
        String prefix = INSTANCES + "[" + position + "]";
        if (!item.isObject()) {
            violations.add(prefix, "must be an object");
            return null;
        }
        try {
            return RegistrationReader.read(item, namespace, null, null);
        } catch (InvalidRequestException e) {
            for (Violation violation : e.violations()) {
                violations.add(prefix + "." + violation.field(), violation.message(), violation.limit());
            }
            return null;
        }
    }
}
