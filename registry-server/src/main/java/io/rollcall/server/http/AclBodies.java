package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.StrictFields;
import io.rollcall.server.app.access.TokenOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bodies about tokens and policies. */
final class AclBodies {

    private static final int MAX_ITEMS = 1_000;
    private static final Set<String> TOKEN_FIELDS = Set.of("identity", "description", "policies", "ttl");
    private static final Set<String> TOKEN_SERVER_SET =
            Set.of("id", "createdAt", "expiresAt", "createIndex", "modifyIndex", "unknownPolicies");
    private static final Set<String> POLICY_FIELDS = Set.of("name", "description", "rules");
    private static final Set<String> POLICY_SERVER_SET = Set.of("builtIn", "createIndex", "modifyIndex");
    private static final Set<String> RULE_FIELDS = Set.of("resource", "level", "namespace", "name", "prefix");

    private AclBodies() {}

    /** What a policy is to be like. */
    record PolicyOrder(String description, List<AccessRule> rules) {}

    /** How a token is to be replaced by another. */
    record Rotation(Duration ttl, Duration overlap) {}

    /**
     * Reads what a token is to be like.
     *
     * @param identity what it has if the body names none; null: it must name one
     */
    static TokenOrder token(JsonNode body, @Nullable String identity) {
        Violations violations = new Violations();
        StrictFields fields = object(body, violations);
        fields.refuseUnknown(TOKEN_FIELDS, TOKEN_SERVER_SET);
        String named = fields.text("identity");
        if (named == null && identity == null) {
            violations.add("identity", "is required: the name of who acts with the token, and owns what it registers");
        }
        TokenOrder order = new TokenOrder(
                named == null ? String.valueOf(identity) : named,
                fields.textOr("description", ""),
                texts(body, "policies", violations),
                fields.durationOr("ttl", Duration.ZERO));
        violations.throwIfAny();
        return order;
    }

    static Rotation rotation(@Nullable JsonNode body) {
        if (body == null) {
            return new Rotation(Duration.ZERO, Duration.ZERO);
        }
        Violations violations = new Violations();
        StrictFields fields = object(body, violations);
        fields.refuseUnknown(Set.of("ttl", "overlap"), Set.of());
        Rotation rotation =
                new Rotation(fields.durationOr("ttl", Duration.ZERO), fields.durationOr("overlap", Duration.ZERO));
        violations.throwIfAny();
        return rotation;
    }

    static PolicyOrder policy(JsonNode body, String name) {
        Violations violations = new Violations();
        StrictFields fields = object(body, violations);
        fields.refuseUnknown(POLICY_FIELDS, POLICY_SERVER_SET);
        if (!fields.textOr("name", name).equals(name)) {
            violations.add("name", "must equal the one in the path");
        }
        List<AccessRule> rules = new ArrayList<>();
        JsonNode array = body.path("rules");
        if (!array.isArray()) {
            violations.add("rules", "is required: an array of objects");
        }
        for (int i = 0; i < Math.min(array.size(), MAX_ITEMS); i++) {
            AccessRule rule = rule(array.get(i), "rules[" + i + "]", violations);
            if (rule != null) {
                rules.add(rule);
            }
        }
        String description = fields.textOr("description", "");
        violations.throwIfAny();
        return new PolicyOrder(description, rules);
    }

    private static @Nullable AccessRule rule(JsonNode json, String path, Violations violations) {
        if (!json.isObject()) {
            violations.add(path, "must be an object");
            return null;
        }
        StrictFields fields = new StrictFields(json, path + ".", violations);
        fields.refuseUnknown(RULE_FIELDS, Set.of());
        AccessResource resource =
                constant(fields, path, "resource", AccessResource.values(), AccessResource::wireName, json, violations);
        AccessLevel level =
                constant(fields, path, "level", AccessLevel.values(), AccessLevel::wireName, json, violations);
        String namespaceText = fields.text("namespace");
        Namespace namespace = namespaceText == null ? null : violations.collect(() -> new Namespace(namespaceText));
        String name = fields.text("name");
        String prefix = fields.text("prefix");
        if (resource != null && resource.isNamed() && (name == null) == (prefix == null)) {
            violations.add(path, "must have either name or prefix; an empty prefix means all");
        }
        if (resource == null || level == null) {
            return null;
        }
        return new AccessRule(
                resource, level, namespace, name != null ? name : prefix != null ? prefix : "", prefix != null);
    }

    private static <E> @Nullable E constant(
            StrictFields fields,
            String path,
            String field,
            E[] constants,
            Function<E, String> wireName,
            JsonNode json,
            Violations violations) {
        if (!json.hasNonNull(field)) {
            violations.add(path + "." + field, "is required");
            return null;
        }
        return fields.parsed(
                field,
                (where, text) -> Arrays.stream(constants)
                        .filter(constant -> wireName.apply(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new InvalidRequestException(new Violation(
                                where,
                                "must be one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(constants)
                                                        .map(wireName)
                                                        .toList())))));
    }

    private static List<String> texts(JsonNode body, String field, Violations violations) {
        JsonNode array = body.path(field);
        List<String> texts = new ArrayList<>();
        if (array.isMissingNode() || array.isNull()) {
            return texts;
        }
        if (!array.isArray()) {
            violations.add(field, "must be an array of strings");
            return texts;
        }
        for (int i = 0; i < Math.min(array.size(), MAX_ITEMS); i++) {
            if (array.get(i).isTextual()) {
                texts.add(array.get(i).textValue());
            } else {
                violations.add(field + "[" + i + "]", "must be a string");
            }
        }
        return texts;
    }

    private static StrictFields object(JsonNode body, Violations violations) {
        if (!body.isObject()) {
            violations.add("body", "must be a JSON object");
            violations.throwIfAny();
        }
        return new StrictFields(body, "", violations);
    }
}
