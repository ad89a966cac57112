package io.rollcall.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.api.model.RegistrationRules;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.StatusRange;
import io.rollcall.api.model.Violations;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a registration from JSON, strictly: unknown fields, wrong types and broken rules are all named at once. */
public final class RegistrationReader {

    private static final Set<String> CALLER_SET = Set.of(
            "name",
            "id",
            "version",
            "host",
            "port",
            "protocol",
            "tags",
            "metadata",
            "zone",
            "weight",
            "ttl",
            "deregisterAfter",
            "healthCheck");
    // Accepted and ignored, so that what was read can be edited and put back.
    private static final Set<String> SERVER_SET = Set.of(
            "namespace",
            "incarnation",
            "status",
            "statusReason",
            "statusSince",
            "healthySince",
            "suspect",
            "registrationTime",
            "owner",
            "lastHeartbeat",
            "createIndex",
            "modifyIndex");
    private static final Set<String> CHECK_FIELDS = Set.of(
            "type", "endpoint", "interval", "timeout", "retries", "successes", "method", "headers", "expectStatus");

    private RegistrationReader() {}

    /**
     * Reads one registration.
     *
     * @param body the JSON object
     * @param namespace from the query
     * @param pathName the service in the path; null: the body must name it
     * @param pathId the id in the path; null: the body must name it
     * @return a registration that keeps all rules
     * @throws InvalidRequestException naming every bad field
     */
    public static Registration read(
            JsonNode body, Namespace namespace, @Nullable ServiceName pathName, @Nullable InstanceId pathId) {
        Violations violations = new Violations();
        if (!body.isObject()) {
            violations.add("body", "must be a JSON object");
            violations.throwIfAny();
        }
        StrictFields fields = new StrictFields(body, "", violations);
        fields.refuseUnknown(CALLER_SET, SERVER_SET);
        ServiceName name = name(fields, pathName, violations);
        InstanceId id = id(fields, pathId, violations);
        RegistrationBuilder builder = Registration.builder(placeholderOr(namespace, name, id));
        readInto(builder, fields, violations);
        Registration registration = builder.build();
        RegistrationRules.check(registration, violations);
        violations.throwIfAny();
        return registration;
    }

    // The other fields are still to be checked when name or id is bad; such a key never leaves this class.
    private static InstanceKey placeholderOr(Namespace namespace, @Nullable ServiceName name, @Nullable InstanceId id) {
        ServiceName safeName = name == null ? new ServiceName("unknown") : name;
        InstanceId safeId = id == null ? new InstanceId("unknown") : id;
        return new InstanceKey(new ServiceKey(namespace, safeName), safeId);
    }

    private static @Nullable ServiceName name(StrictFields fields, @Nullable ServiceName path, Violations violations) {
        String text = fields.text("name");
        if (text == null) {
            if (path == null) {
                violations.add("name", "is required");
            }
            return path;
        }
        if (path != null && !path.value().equals(text)) {
            violations.add("name", "must equal the name in the path, " + path);
            return path;
        }
        return violations.collect(() -> new ServiceName(text));
    }

    private static @Nullable InstanceId id(StrictFields fields, @Nullable InstanceId path, Violations violations) {
        String text = fields.text("id");
        if (text == null) {
            if (path == null) {
                violations.add("id", "is required");
            }
            return path;
        }
        if (path != null && !path.value().equals(text)) {
            violations.add("id", "must equal the id in the path, " + path);
            return path;
        }
        return violations.collect(() -> new InstanceId(text));
    }

    private static void readInto(RegistrationBuilder builder, StrictFields fields, Violations violations) {
        String host = fields.text("host");
        if (host == null) {
            violations.add("host", "is required");
        }
        Integer port = fields.integer("port");
        if (port == null) {
            violations.add("port", "is required");
        }
        builder.address(host == null ? "" : host, port == null ? 0 : port);
        Protocol protocol = fields.parsed("protocol", Protocol::parse);
        if (protocol == null) {
            protocol = Protocol.HTTP;
        }
        builder.protocol(protocol);
        fields.ifText("version", builder::version);
        fields.ifText("zone", builder::zone);
        builder.tags(fields.textMap("tags"));
        builder.metadata(fields.textMap("metadata"));
        fields.ifInteger("weight", builder::weight);
        fields.ifDuration("ttl", builder::ttl);
        fields.ifDuration("deregisterAfter", builder::deregisterAfter);
        StrictFields check = fields.object("healthCheck");
        if (check != null) {
            builder.healthCheck(healthCheck(check, protocol));
        }
    }

    private static HealthCheck healthCheck(StrictFields fields, Protocol protocol) {
        fields.refuseUnknown(CHECK_FIELDS, Set.of());
        CheckType type = fields.parsed("type", CheckType::parse);
        if (type == null) {
            type = CheckType.of(protocol);
        }
        HealthCheck defaults = HealthCheck.of(type, type.isHttp() ? "/" : "");
        return new HealthCheck(
                type,
                fields.textOr("endpoint", defaults.endpoint()),
                fields.durationOr("interval", defaults.interval()),
                fields.durationOr("timeout", defaults.timeout()),
                fields.integerOr("retries", defaults.retries()),
                fields.integerOr("successes", defaults.successes()),
                fields.textOr("method", defaults.method()),
                fields.textMap("headers"),
                fields.parsedScalar("expectStatus", StatusRange::parse));
    }
}
