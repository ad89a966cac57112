package io.rollcall.statemachine.codec;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Member;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.StatusRange;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.AclRefused.AclReason;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused.ConfigReason;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.state.Vitals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the golden files hold: every field set in one, every optional field missing in another. */
final class Samples {

    static final InstanceKey KEY = InstanceKey.of("default", "orders", "orders-1");

    static final CommandHeader HEADER = new CommandHeader(
            "8f14e45f-ceea-467f-a9e5-0242ac120002",
            "0123456789abcdef0123456789abcdef",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "deployer",
            Authority.NONE);

    static final Registration REGISTRATION = Registration.builder(KEY)
            .version("2.1.0")
            .address("10.0.0.17", 8080)
            .protocol(Protocol.GRPC)
            .tags(Map.of("env", "prod", "team", "sales"))
            .metadata(Map.of("commit", "1262cd1", "note", "grüße, 世界 \"\\\n"))
            .zone("eu-1a")
            .weight(50)
            .ttl(Duration.ofSeconds(15))
            .deregisterAfter(Duration.ofMinutes(2))
            .healthCheck(new HealthCheck(
                    CheckType.HTTP,
                    "/health",
                    Duration.ofSeconds(5),
                    Duration.ofMillis(1500),
                    4,
                    2,
                    "HEAD",
                    new TreeMap<>(Map.of("x-probe", "rollcall")),
                    new StatusRange(200, 399)))
            .build();

    static final Registration PLAIN = Registration.builder(InstanceKey.of("batch", "jobs", "a:1"))
            .address("worker.example", 9000)
            .build();

    static final InstanceRecord INSTANCE = new InstanceRecord(
            REGISTRATION,
            42,
            17,
            43,
            1_700_000_000_123L,
            InstanceStatus.MAINTENANCE,
            "maintenance: disk",
            1_700_000_001_456L,
            0,
            new OperatorWord(InstanceStatus.MAINTENANCE, "disk"),
            Vitals.FRESH,
            null);

    static final InstanceRecord PLAIN_INSTANCE = new InstanceRecord(
            PLAIN,
            7,
            7,
            7,
            1_700_000_000_000L,
            InstanceStatus.PASSING,
            "registered without a health check",
            1_700_000_000_000L,
            1_700_000_000_000L,
            null,
            Vitals.FRESH,
            null);

    static final InstanceRecord JUDGED_INSTANCE = new InstanceRecord(
            REGISTRATION,
            42,
            17,
            49,
            1_700_000_000_123L,
            InstanceStatus.CRITICAL,
            "no heartbeat for 15012 ms, the lease is 15s",
            1_700_000_020_456L,
            0,
            new OperatorWord(InstanceStatus.DRAINING, "moving to eu-1b"),
            new Vitals(
                    true,
                    "no heartbeat for 15012 ms, the lease is 15s",
                    CheckState.CRITICAL,
                    "status 503, expected 200-399",
                    true),
            null);

    static final InstanceRecord SUSPECT_INSTANCE = new InstanceRecord(
            PLAIN,
            7,
            7,
            9,
            1_700_000_000_000L,
            InstanceStatus.PASSING,
            "registered without a health check",
            1_700_000_000_000L,
            1_700_000_000_000L,
            null,
            Vitals.FRESH.suspected(true),
            null);

    static final ConfigKey CONFIG_KEY = ConfigKey.of("team", "orders/db.url");

    static final ContentType JSON = new ContentType("application/json");

    static final ConfigValue CONFIG_VALUE = ConfigValue.of("{\"retries\":3}".getBytes(StandardCharsets.UTF_8));

    static final ConfigRecord CONFIG =
            new ConfigRecord(CONFIG_KEY, 5, 17, 43, 1_700_000_000_123L, JSON, true, false, 13, "deployer");

    static final ConfigRecord CONFIG_DELETION =
            new ConfigRecord(CONFIG_KEY, 6, 17, 44, 1_700_000_000_124L, JSON, true, true, 0, null);

    static final CommandHeader OWNER_HEADER = new CommandHeader(
            HEADER.requestId(), HEADER.fingerprint(), HEADER.traceParent(), "orders-team", Authority.OWNER);

    static final CommandHeader OPERATOR_HEADER = new CommandHeader("r-5", "", null, "root", Authority.OPERATOR);

    static final InstanceRecord OWNED_INSTANCE = new InstanceRecord(
            REGISTRATION,
            42,
            17,
            49,
            1_700_000_000_123L,
            InstanceStatus.CRITICAL,
            "no heartbeat for 15012 ms, the lease is 15s",
            1_700_000_020_456L,
            0,
            null,
            Vitals.FRESH.lapsed("no heartbeat for 15012 ms, the lease is 15s"),
            "orders-team");

    static final AccessPolicy POLICY = new AccessPolicy(
            "web",
            "what web needs",
            List.of(
                    new AccessRule(AccessResource.SERVICE, AccessLevel.WRITE, new Namespace("team"), "web-", true),
                    new AccessRule(AccessResource.CONFIG, AccessLevel.READ, null, "web/db.url", false),
                    new AccessRule(AccessResource.SECRET, AccessLevel.DENY, null, "", true),
                    new AccessRule(AccessResource.OPERATOR, AccessLevel.READ, null, "", false),
                    new AccessRule(AccessResource.ACL, AccessLevel.DENY, null, "", false),
                    new AccessRule(AccessResource.KEYS, AccessLevel.DENY, null, "", false)),
            17,
            43);

    static final AccessToken TOKEN = new AccessToken(
            "7f3a90c1d2e4b5a6",
            "web",
            "deployed by hand",
            List.of("web", "read-all"),
            Instant.ofEpochMilli(1_700_000_000_123L),
            Instant.ofEpochMilli(1_700_086_400_123L),
            17,
            43);

    static final AccessToken PLAIN_TOKEN = new AccessToken(
            AccessToken.ANONYMOUS_ID,
            AccessToken.ANONYMOUS_ID,
            "",
            List.of(),
            Instant.ofEpochMilli(1_700_000_000_123L),
            null,
            17,
            17);

    static final String SECRET_HASH = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

    static final Map<String, Command> COMMANDS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "register-instance.v1",
                    new Command.RegisterInstance(
                            HEADER, REGISTRATION, Command.RegisterMode.UPSERT, Precondition.modifyIndex(41))),
            Map.entry(
                    "register-instance.v1.plain",
                    new Command.RegisterInstance(
                            CommandHeader.of("r-1"), PLAIN, Command.RegisterMode.CREATE, Precondition.NONE)),
            Map.entry(
                    "register-batch.v1",
                    new Command.RegisterBatch(
                            HEADER, List.of(REGISTRATION, PLAIN), Command.RegisterMode.TAKE_OVER, true)),
            Map.entry("deregister-instance.v1", new Command.DeregisterInstance(HEADER, KEY, 42L, Precondition.EXISTS)),
            Map.entry(
                    "deregister-instance.v1.plain",
                    new Command.DeregisterInstance(CommandHeader.of("r-2"), KEY, null, Precondition.ABSENT)),
            Map.entry(
                    "deregister-many.v1",
                    new Command.DeregisterMany(HEADER, List.of(new Command.DeregisterMany.Target(KEY, 43)))),
            Map.entry(
                    "set-operator-word.v1",
                    new Command.SetOperatorWord(
                            HEADER, KEY, new OperatorWord(InstanceStatus.DRAINING, "moving to eu-1b"))),
            Map.entry("set-operator-word.v1.plain", new Command.SetOperatorWord(CommandHeader.of("r-3"), KEY, null)),
            Map.entry("found-cluster.v1", new Command.FoundCluster(HEADER, "c0ffee00-0000-4000-8000-000000000001")),
            Map.entry("announce-member.v1", new Command.AnnounceMember(HEADER, new Member("n1", "127.0.0.1:8500", 1))),
            Map.entry("raise-feature-level.v1", new Command.RaiseFeatureLevel(HEADER, 2)),
            Map.entry(
                    "judge.v1",
                    new Command.Judge(
                            HEADER,
                            5,
                            List.of(
                                    new Verdict.LeaseLapsed(KEY, 42, 15_012),
                                    new Verdict.LeaseRevived(KEY, 42),
                                    new Verdict.CheckTurned(
                                            KEY, 42, CheckState.CRITICAL, "status 503, expected 200-399"),
                                    new Verdict.Suspected(KEY, 42, true),
                                    new Verdict.Overdue(KEY, 42, 49)))),
            Map.entry(
                    "checkpoint-leases.v1",
                    new Command.CheckpointLeases(
                            HEADER, 5, List.of(new LeaseAge(KEY, 42, 1_700_000_000_123L, 45_000)))),
            Map.entry(
                    "trim-history.v1",
                    new Command.TrimHistory(HEADER, 5, 1_699_395_200_123L, 2L * 1024 * 1024 * 1024, 1_000)),
            Map.entry(
                    "put-config.v1",
                    new Command.PutConfig(HEADER, CONFIG_KEY, JSON, true, CONFIG_VALUE, Precondition.modifyIndex(41))),
            Map.entry(
                    "put-config.v1.plain",
                    new Command.PutConfig(
                            CommandHeader.of("r-4"),
                            CONFIG_KEY,
                            ContentType.DEFAULT,
                            false,
                            ConfigValue.of(new byte[0]),
                            Precondition.NONE)),
            Map.entry("delete-config.v1", new Command.DeleteConfig(HEADER, CONFIG_KEY, Precondition.EXISTS)),
            Map.entry("rollback-config.v1", new Command.RollbackConfig(HEADER, CONFIG_KEY, 3, Precondition.ABSENT)),
            Map.entry("forget-config.v1", new Command.ForgetConfig(HEADER, 5, CONFIG_KEY, 1_699_395_200_123L, 16)),
            Map.entry(
                    "register-instance.v1.owner",
                    new Command.RegisterInstance(OWNER_HEADER, PLAIN, Command.RegisterMode.UPSERT, Precondition.NONE)),
            Map.entry(
                    "deregister-instance.v1.operator",
                    new Command.DeregisterInstance(OPERATOR_HEADER, KEY, null, Precondition.NONE)),
            Map.entry(
                    "put-policy.v1",
                    new AclCommand.PutPolicy(
                            OPERATOR_HEADER,
                            POLICY.name(),
                            POLICY.description(),
                            POLICY.rules(),
                            Precondition.modifyIndex(41))),
            Map.entry("delete-policy.v1", new AclCommand.DeletePolicy(OPERATOR_HEADER, "web", Precondition.EXISTS)),
            Map.entry(
                    "put-token.v1",
                    new AclCommand.PutToken(
                            OPERATOR_HEADER,
                            TOKEN.id(),
                            TOKEN.identity(),
                            TOKEN.description(),
                            TOKEN.policies(),
                            1_700_086_400_123L,
                            SECRET_HASH,
                            Precondition.ABSENT)),
            Map.entry(
                    "put-token.v1.plain",
                    new AclCommand.PutToken(
                            CommandHeader.of("r-6"),
                            AccessToken.ANONYMOUS_ID,
                            AccessToken.ANONYMOUS_ID,
                            "",
                            List.of(),
                            0,
                            "",
                            Precondition.NONE)),
            Map.entry("delete-token.v1", new AclCommand.DeleteToken(OPERATOR_HEADER, TOKEN.id(), Precondition.NONE)),
            Map.entry(
                    "forget-tokens.v1",
                    new AclCommand.ForgetTokens(HEADER, 5, List.of(TOKEN.id()), 1_700_172_800_123L))));

    static final Map<String, CommandResult> RESULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("judged", new CommandResult.Judged(12, List.of(true, false))),
            Map.entry("history-trimmed", new CommandResult.HistoryTrimmed(13, 1_000)),
            Map.entry("registered", new CommandResult.Registered(43, INSTANCE.toInstance(), true)),
            Map.entry(
                    "batch-registered",
                    new CommandResult.BatchRegistered(
                            8,
                            true,
                            List.of(
                                    new CommandResult.Registered(7, PLAIN_INSTANCE.toInstance(), false),
                                    new Refused(8, Reason.ADDRESS_CONFLICT, INSTANCE.toInstance(), 42)))),
            Map.entry("deregistered", new CommandResult.Deregistered(9, KEY, 42)),
            Map.entry("deregistered-many", new CommandResult.DeregisteredMany(12, 3, 0)),
            Map.entry("operator-word-set", new CommandResult.OperatorWordSet(44, INSTANCE.toInstance())),
            Map.entry("policy-stored", new CommandResult.PolicyStored(43, POLICY, true)),
            Map.entry("token-stored", new CommandResult.TokenStored(43, TOKEN, false)),
            Map.entry("acl-refused", new CommandResult.AclRefused(45, AclReason.PRECONDITION_FAILED, 43)),
            Map.entry("acknowledged", new CommandResult.Acknowledged(1)),
            Map.entry("refused", new Refused(10, Reason.NOT_FOUND, null, 0)),
            Map.entry("config-stored", new CommandResult.ConfigStored(43, CONFIG.toEntry(), false)),
            Map.entry("config-refused", new CommandResult.ConfigRefused(45, ConfigReason.PRECONDITION_FAILED, 43))));

    /** Results that older members do not know, because an instance of theirs has an owner, or was left to its owner. */
    static final Map<String, CommandResult> OWNED_RESULTS = new TreeMap<>(Map.of(
            "deregistered-some", new CommandResult.DeregisteredMany(12, 3, 2),
            "owned-registered",
                    new CommandResult.Registered(43, INSTANCE.toInstance().ownedBy("orders-team"), true),
            "owned-word",
                    new CommandResult.OperatorWordSet(44, INSTANCE.toInstance().ownedBy("orders-team")),
            "owned-refused",
                    new Refused(
                            10, Reason.ADDRESS_CONFLICT, INSTANCE.toInstance().ownedBy("orders-team"), 42),
            "not-owner", new Refused(10, Reason.NOT_OWNER, null, 0)));

    static {
        COMMANDS.putAll(KeySamples.commands());
    }

    private Samples() {}

    /** All stored samples: codec and value by the name of their golden file. */
    static Map<String, Stored<?>> stored() {
        Map<String, Stored<?>> stored = new TreeMap<>();
        stored.put("instance.v1", new Stored<>(StateCodec.INSTANCE, INSTANCE));
        stored.put("instance.v1.plain", new Stored<>(StateCodec.INSTANCE, PLAIN_INSTANCE));
        stored.put("instance.v2", new Stored<>(StateCodec.INSTANCE, JUDGED_INSTANCE));
        stored.put("instance.v2.plain", new Stored<>(StateCodec.INSTANCE, SUSPECT_INSTANCE));
        stored.put("lease.v1", new Stored<>(StateCodec.LEASE, new LeaseRecord(KEY, 42, 1_700_000_000_123L, 45_000)));
        stored.put(
                "event.v1",
                new Stored<>(
                        StateCodec.EVENT,
                        new EventRecord(
                                KEY,
                                49,
                                1_700_000_020_456L,
                                Operation.CHECK_TURNED,
                                "deployer",
                                HEADER.traceParent(),
                                JUDGED_INSTANCE)));
        stored.put(
                "event.v1.plain",
                new Stored<>(
                        StateCodec.EVENT,
                        new EventRecord(PLAIN.key(), 7, 1_700_000_000_000L, Operation.REGISTERED, null, null, null)));
        stored.put(
                "history.v1",
                new Stored<>(StateCodec.HISTORY, new HistoryRecord(1_000, 250_000, 48, 1_700_000_020_123L)));
        stored.put(
                "tombstone.v1", new Stored<>(StateCodec.TOMBSTONE, new TombstoneRecord(KEY, 42, 1_700_000_000_123L)));
        stored.put(
                "service.v1",
                new Stored<>(
                        StateCodec.SERVICE,
                        new ServiceRecord(
                                ServiceKey.of("default", "orders"),
                                Map.of(
                                        InstanceStatus.PASSING, 40L,
                                        InstanceStatus.WARNING, 41L,
                                        InstanceStatus.CRITICAL, 39L,
                                        InstanceStatus.STARTING, 38L,
                                        InstanceStatus.DRAINING, 42L,
                                        InstanceStatus.MAINTENANCE, 43L))));
        stored.put(
                "cluster.v1",
                new Stored<>(
                        StateCodec.CLUSTER,
                        new ClusterRecord(
                                "c0ffee00-0000-4000-8000-000000000001",
                                1,
                                List.of(new Member("n1", "127.0.0.1:8500", 1), new Member("n2", "[::1]:8500", 1)))));
        stored.put("config.v1", new Stored<>(StateCodec.CONFIG, CONFIG));
        stored.put("config.v1.deleted", new Stored<>(StateCodec.CONFIG, CONFIG_DELETION));
        // Nothing but its bytes, which are JSON here so that the file is as the others.
        stored.put("config-totals.v1", new Stored<>(StateCodec.CONFIG_TOTALS, new ConfigTotals(3, 20_000)));
        stored.put(
                "config-floor.v1", new Stored<>(StateCodec.CONFIG_FLOOR, new ConfigFloor(CONFIG_KEY.namespace(), 44)));
        stored.put("config-value.v1", new Stored<>(StateCodec.CONFIG_VALUE, CONFIG_VALUE));
        stored.putAll(access());
        stored.putAll(KeySamples.stored());
        OWNED_RESULTS.forEach((name, result) -> stored.put(
                "request.v1." + name,
                new Stored<>(StateCodec.REQUEST, new RequestRecord("r-5", "", 1_700_000_000_123L, result))));
        RESULTS.forEach((name, result) -> stored.put(
                "request.v1." + name,
                new Stored<>(
                        StateCodec.REQUEST,
                        new RequestRecord(HEADER.requestId(), HEADER.fingerprint(), 1_700_000_000_123L, result))));
        return stored;
    }

    private static Map<String, Stored<?>> access() {
        Map<String, Stored<?>> stored = new TreeMap<>();
        stored.put("instance.v3", new Stored<>(StateCodec.INSTANCE, OWNED_INSTANCE));
        stored.put(
                "event.v2",
                new Stored<>(
                        StateCodec.EVENT,
                        new EventRecord(
                                KEY,
                                50,
                                1_700_000_020_456L,
                                Operation.DEREGISTERED,
                                "orders-team",
                                HEADER.traceParent(),
                                OWNED_INSTANCE)));
        stored.put("policy.v1", new Stored<>(StateCodec.POLICY, POLICY));
        stored.put("token.v1", new Stored<>(StateCodec.TOKEN, new TokenRecord(TOKEN, SECRET_HASH)));
        stored.put("token.v1.plain", new Stored<>(StateCodec.TOKEN, new TokenRecord(PLAIN_TOKEN, "")));
        return stored;
    }

    /**
     * A value and what encodes it.
     *
     * @param codec of its kind
     * @param value it
     * @param <T> its kind
     */
    record Stored<T>(StateCodec<T> codec, T value) {
        byte[] encode() {
            return codec.encode(value);
        }
    }
}
