package io.rollcall.statemachine.codec;

import io.rollcall.api.model.AccessToken;
import java.time.Instant;
import java.util.List;

/** {@link AccessToken}, version 1: what can be shown of it; part of the store and of remembered results. */
record TokenV1(
        String id,
        String identity,
        String description,
        List<String> policies,
        long createdAtMillis,
        long expiresAtMillis,
        long createIndex,
        long modifyIndex) {

    static TokenV1 of(AccessToken token) {
        Instant expiresAt = token.expiresAt();
        return new TokenV1(
                token.id(),
                token.identity(),
                token.description(),
                token.policies(),
                token.createdAt().toEpochMilli(),
                expiresAt == null ? 0 : expiresAt.toEpochMilli(),
                token.createIndex(),
                token.modifyIndex());
    }

    AccessToken thaw() {
        return new AccessToken(
                id,
                identity,
                description,
                policies,
                Instant.ofEpochMilli(createdAtMillis),
                expiresAtMillis == 0 ? null : Instant.ofEpochMilli(expiresAtMillis),
                createIndex,
                modifyIndex);
    }
}
