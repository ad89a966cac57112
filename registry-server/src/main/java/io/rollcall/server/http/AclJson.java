package io.rollcall.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.app.access.Credential;
import io.rollcall.server.app.access.IssuedToken;
import java.io.IOException;
import java.time.Instant;

/** Tokens and policies as answers show them. */
final class AclJson {

    private AclJson() {}

    static void write(JsonGenerator json, AccessPolicy policy) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", policy.name());
        json.writeStringField("description", policy.description());
        json.writeArrayFieldStart("rules");
        for (AccessRule rule : policy.rules()) {
            write(json, rule);
        }
        json.writeEndArray();
        json.writeBooleanField("builtIn", policy.name().equals(AccessPolicy.GLOBAL_MANAGEMENT_NAME));
        json.writeNumberField("createIndex", policy.createIndex());
        json.writeNumberField("modifyIndex", policy.modifyIndex());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, AccessRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("resource", rule.resource().wireName());
        json.writeStringField("level", rule.level().wireName());
        Namespace namespace = rule.namespace();
        if (namespace != null) {
            json.writeStringField("namespace", namespace.value());
        }
        if (rule.resource().isNamed()) {
            json.writeStringField(rule.prefix() ? "prefix" : "name", rule.name());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, AccessToken token) throws IOException {
        json.writeStartObject();
        writeFields(json, token);
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, AccessToken token) throws IOException {
        json.writeStringField("id", token.id());
        json.writeStringField("identity", token.identity());
        json.writeStringField("description", token.description());
        json.writeArrayFieldStart("policies");
        for (String policy : token.policies()) {
            json.writeString(policy);
        }
        json.writeEndArray();
        json.writeStringField("createdAt", InstanceJson.time(token.createdAt()));
        Instant expiresAt = token.expiresAt();
        if (expiresAt != null) {
            json.writeStringField("expiresAt", InstanceJson.time(expiresAt));
        }
        json.writeNumberField("createIndex", token.createIndex());
        json.writeNumberField("modifyIndex", token.modifyIndex());
    }

    static void write(JsonGenerator json, IssuedToken issued) throws IOException {
        json.writeStartObject();
        Credential credential = issued.credential();
        if (credential != null) {
            json.writeStringField("token", credential.shown().reveal());
        }
        writeFields(json, issued.token());
        if (!issued.unknownPolicies().isEmpty()) {
            json.writeArrayFieldStart("unknownPolicies");
            for (String policy : issued.unknownPolicies()) {
                json.writeString(policy);
            }
            json.writeEndArray();
        }
        AccessToken previous = issued.previous();
        if (previous != null) {
            json.writeFieldName("previous");
            write(json, previous);
        }
        json.writeEndObject();
    }
}
