package io.rollcall.statemachine.store;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.state.Vitals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records for tests of the store. */
final class Records {

    private Records() {}

    static InstanceKey key(String name, String id) {
        return InstanceKey.of("default", name, id);
    }

    static InstanceRecord owned(InstanceKey key, long index) {
        return instance(key, index, "owner-" + index % 3);
    }

    static InstanceRecord instance(InstanceKey key, long index) {
        return instance(key, index, null);
    }

    private static InstanceRecord instance(InstanceKey key, long index, String owner) {
        Registration registration = Registration.builder(key)
                .version("2.1.0")
                .address("10.0.0.17", 8080)
                .tags(Map.of("env", "prod", "team", "sales"))
                .metadata(Map.of("commit", "1262cd1"))
                .zone("eu-1a")
                .build();
        return new InstanceRecord(
                registration,
                index,
                index,
                index,
                1_700_000_000_000L + index,
                InstanceStatus.PASSING,
                "registered without a health check",
                1_700_000_000_000L + index,
                1_700_000_000_000L + index,
                null,
                Vitals.FRESH,
                owner);
    }

    static TombstoneRecord tombstone(InstanceKey key, long incarnation, long removedAtMillis) {
        return new TombstoneRecord(key, incarnation, removedAtMillis);
    }

    static ServiceRecord service(String name, long index) {
        return new ServiceRecord(ServiceKey.of("default", name), Map.of(InstanceStatus.PASSING, index));
    }

    /** An event of some length at a time that follows from its index. */
    static EventRecord event(InstanceKey key, long index) {
        boolean isNew = index % 2 == 0;
        return new EventRecord(
                key,
                index,
                position(index).clockMillis(),
                isNew ? Operation.REGISTERED : Operation.REPLACED,
                null,
                null,
                isNew ? null : index % 3 == 0 ? owned(key, index - 1) : instance(key, index - 1));
    }

    static AppliedPosition position(long index) {
        return new AppliedPosition(1, index, index, 1_700_000_000_000L + index);
    }

    static LeaseRecord lease(InstanceKey key, long incarnation) {
        return new LeaseRecord(key, incarnation, 1_700_000_000_000L + incarnation, 45_000);
    }

    static ConfigRecord config(ConfigKey key, long version) {
        return new ConfigRecord(
                key, version, 1, version, 1_700_000_000_000L + version, ContentType.DEFAULT, false, false, 2, "me");
    }

    static ConfigRecord configDeletion(ConfigKey key, long version) {
        return new ConfigRecord(
                key, version, 1, version, 1_700_000_000_000L + version, ContentType.DEFAULT, false, true, 0, null);
    }

    static ConfigValue configValue(String text) {
        return ConfigValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static AccessPolicy policy(String name, long index) {
        return new AccessPolicy(
                name,
                "at " + index,
                List.of(new AccessRule(AccessResource.SERVICE, AccessLevel.READ, null, name, true)),
                1,
                index);
    }

    static TokenRecord token(String id, long index) {
        Instant created = Instant.ofEpochMilli(1_700_000_000_000L);
        return new TokenRecord(
                new AccessToken(id, "web", "", List.of("x", "y"), created, created.plusSeconds(index), 1, index),
                "hash of " + id);
    }

    static RequestRecord request(String id, long appliedAtMillis) {
        return new RequestRecord(id, "", appliedAtMillis, new CommandResult.Acknowledged(appliedAtMillis));
    }

    static RequestRecord request(String id, long appliedAtMillis, InstanceRecord registered) {
        return new RequestRecord(
                id,
                "",
                appliedAtMillis,
                new CommandResult.Registered(registered.modifyIndex(), registered.toInstance(), true));
    }
}
