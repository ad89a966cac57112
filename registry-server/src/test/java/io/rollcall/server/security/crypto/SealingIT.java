package io.rollcall.server.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.history.EventQuery;
import io.rollcall.statemachine.history.PastEvent;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.KeysetRecord.Phase;
import io.rollcall.statemachine.state.Sealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealing between callers and a real store. */
final class SealingIT {

    private static final MasterKeys MASTER = TestKeys.master(1);
    private static final ConfigKey CONFIG = ConfigKey.of("default", "db/password");
    private static final AtomicInteger NEXT = new AtomicInteger();

    @TempDir
    Path folder;

    private SealedNode sealed() {
        SealedNode node = new SealedNode(folder.resolve("db"), MASTER, Keyset.create());
        node.tendKeys();
        node.tendKeys();
        assertThat(node.keyring.record()).isNotNull();
        return node;
    }

    @Test
    void stateHoldsNothingThatReadersSeeOpen() throws Exception {
        try (SealedNode node = sealed()) {
            Registered registered = (Registered) node.submit(register("a", "marker"));
            ConfigStored stored = (ConfigStored) node.submit(put("marker"));

            assertThat(registered.instance().registration().metadata()).containsEntry("note", "marker");
            assertThat(headersOf(registered.instance())).containsEntry("authorization", "marker");
            assertThat(instance(node, "a").registration().metadata()).containsEntry("note", "marker");
            assertThat(headersOf(instance(node, "a"))).containsEntry("authorization", "marker");
            assertThat(stored.entry().size()).isEqualTo("marker".length());
            assertThat(opened(node, 1)).isEqualTo("marker");
            InstanceRecord record = node.store.reader().instance(key("a"));
            assertThat(record.registration().toString()).doesNotContain("marker");
            assertThat(Sealed.isBy(record.registration(), node.keyring.record().primaryKeyId()))
                    .isTrue();
            assertThat(new String(node.value(CONFIG, 1).bytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("marker");
        }
    }

    @Test
    void nothingSecretIsTakenBeforeThereAreKeys() {
        try (SealedNode node = new SealedNode(folder.resolve("db"), MASTER, Keyset.create())) {
            SubmitOutcome refused = node.bus
                    .submit(register("a", "marker"), Duration.ofSeconds(1))
                    .join();

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            NotSubmitted.class, it -> assertThat(it.cause()).isEqualTo(NotSubmitted.Cause.NO_KEYS));
            assertThat(node.submitted).isZero();
            assertThat(node.vault.isAwaitingKeys()).isTrue();
            node.tendKeys();
            assertThat(node.vault.isAwaitingKeys()).isFalse();
            assertThat(node.submit(register("a", "marker"))).isInstanceOf(Registered.class);
        }
    }

    @Test
    void repetitionGetsTheFirstResultAlsoAfterTheKeysChanged() {
        try (SealedNode node = sealed()) {
            Command request = register("q", "a", "marker");
            CommandResult first = node.submit(request);

            assertThat(node.submit(request)).isEqualTo(first);
            rotate(node);
            assertThat(node.submit(request)).isEqualTo(first);
            assertThat(((Refused) node.submit(register("q", "a", "other"))).reason())
                    .isEqualTo(Reason.REQUEST_ID_REUSED);
            assertThat(node.store.reader().request("q").fingerprint())
                    .as("tells nobody what was asked for")
                    .isNotEqualTo(request.header().fingerprint());
        }
    }

    @Test
    void commandThatWasSealedByAnEarlierKeyIsSealedAnew() {
        try (SealedNode node = sealed()) {
            node.beforeNext = () -> rotate(node);

            CommandResult result = node.submit(register("q", "a", "marker"));

            assertThat(result).isInstanceOf(Registered.class);
            assertThat(node.submitted).as("the rotation's is not counted").isEqualTo(2);
            assertThat(Sealed.isBy(
                            node.store.reader().instance(key("a")).registration(),
                            node.keyring.record().primaryKeyId()))
                    .isTrue();
        }
    }

    @Test
    void rotationSealsEverythingAnewAndChangesNothingForReaders() {
        try (SealedNode node = sealed()) {
            for (int i = 0; i < 300; i++) {
                node.submit(register("i" + i, "marker" + i));
                node.submit(register("i" + i, "marker" + i));
            }
            node.submit(put("one"));
            node.submit(put("two"));
            ServiceState before = node.view.current().service(key("a").service());
            long index = node.store.reader().applied().registryIndex();
            long old = node.keyring.record().primaryKeyId();

            rotate(node);
            node.submit(new Command.RollbackConfig(header(), CONFIG, 1, Precondition.NONE));
            node.tendKeys();

            assertThat(node.keyring.record().phase()).isEqualTo(Phase.WAITING);
            assertThat(node.vault.status().done())
                    .as("300 instances, 3 versions, 600 events")
                    .isEqualTo(903);
            assertThat(unsealed(node)).isZero();
            ServiceState after = node.view.current().service(key("a").service());
            assertThat(after.indexes().toString()).isEqualTo(before.indexes().toString());
            assertThat(instance(node, "i7").modifyIndex()).isLessThanOrEqualTo(index);
            assertThat(instance(node, "i7").registration().metadata()).containsEntry("note", "marker7");
            assertThat(List.of(opened(node, 1), opened(node, 2), opened(node, 3)))
                    .containsExactly("one", "two", "one");
            assertThat(events(node))
                    .allSatisfy(event -> assertThat(
                                    event.before().registration().metadata().get("note"))
                            .startsWith("marker"));
            assertThat(node.store.recomputeDigest()).isEqualTo(node.store.digest());
            assertThat(node.keyring.record().keyIds()).contains(old);

            node.tendKeys();
            assertThat(node.keyring.record().keyIds())
                    .as("requests are remembered")
                    .contains(old);
            node.clockMillis += CommandApplier.REQUEST_MEMORY.toMillis() + 2;
            for (int i = 0; i < 20; i++) {
                node.tendKeys();
            }
            assertThat(node.keyring.record().phase()).isEqualTo(Phase.SETTLED);
            assertThat(node.keyring.record().keyIds()).doesNotContain(old).hasSize(1);
            assertThat(instance(node, "i7").registration().metadata()).containsEntry("note", "marker7");
        }
    }

    @Test
    void whatWasThereBeforeTheKeysIsSealedToo() {
        try (SealedNode open = new SealedNode(folder.resolve("db"), MasterKeys.NONE, null)) {
            open.submit(register("a", "marker"));
            open.submit(register("a", "marker"));
            open.submit(put("marker"));
        }
        try (SealedNode node = new SealedNode(folder.resolve("db"), MASTER, Keyset.create())) {
            assertThat(instance(node, "a").registration().metadata()).containsEntry("note", "marker");
            node.tendKeys();
            assertThat(unsealed(node)).isEqualTo(3);
            node.tendKeys();

            assertThat(unsealed(node)).isZero();
            assertThat(instance(node, "a").registration().metadata()).containsEntry("note", "marker");
            assertThat(opened(node, 1)).isEqualTo("marker");
            assertThat(node.store.recomputeDigest()).isEqualTo(node.store.digest());
        }
    }

    @Test
    void rotationGoesOnAfterARestart() {
        try (SealedNode node = sealed()) {
            node.submit(register("a", "marker"));
            rotate(node);
        }
        try (SealedNode node = new SealedNode(folder.resolve("db"), MASTER, null)) {
            assertThat(unsealed(node)).isEqualTo(1);
            assertThat(instance(node, "a").registration().metadata()).containsEntry("note", "marker");

            node.tendKeys();

            assertThat(unsealed(node)).isZero();
        }
    }

    @Test
    void sealedStateIsOpenedByItsMasterKeyAlone() {
        try (SealedNode node = sealed()) {
            node.submit(register("a", "marker"));
        }

        assertThatThrownBy(() -> new SealedNode(folder.resolve("db"), MasterKeys.NONE, null))
                .hasMessageContaining("this node has no master key")
                .hasMessageContaining("--encryption-master-key-file");
        assertThatThrownBy(
                        () -> new SealedNode(folder.resolve("db2"), TestKeys.master(2), null).keyring.changed(record()))
                .hasMessageContaining("another master key");
    }

    private KeysetRecord record() {
        return new KeysetRecord(
                1,
                Keyset.create().wrap(MASTER.find(MASTER.first())),
                MASTER.first(),
                1,
                List.of(1L),
                0,
                Phase.SETTLED,
                0,
                0,
                0);
    }

    @Test
    void sealOpensInItsOwnPlaceAlone() {
        try (SealedNode node = sealed()) {
            Registration sealed = node.keyring.seal(registration("a", "marker"));
            Registration moved = Sealed.with(
                    registration("b", "x"),
                    sealed.metadata(),
                    sealed.healthCheck().headers());
            Registration swapped = Sealed.with(sealed, sealed.healthCheck().headers(), sealed.metadata());

            assertThat(node.keyring.open(sealed)).isEqualTo(registration("a", "marker"));
            for (Registration wrong : List.of(moved, swapped)) {
                assertThatThrownBy(() -> node.keyring.open(wrong))
                        .isInstanceOf(Keyring.UnopenableException.class)
                        .hasMessageContaining("cannot be opened")
                        .hasMessageNotContaining("marker");
            }
            ConfigValue value = node.keyring.seal(CONFIG, value("marker"));
            assertThat(node.keyring.open(CONFIG, value)).isEqualTo(value("marker"));
            assertThatThrownBy(() -> node.keyring.open(ConfigKey.of("default", "db/user"), value))
                    .isInstanceOf(Keyring.UnopenableException.class);
            node.keyring.belongsTo("another-cluster");
            assertThatThrownBy(() -> node.keyring.open(sealed)).isInstanceOf(Keyring.UnopenableException.class);
        }
    }

    private static void rotate(SealedNode node) {
        var change = node.vault.newKey();
        CommandResult result = node.apply(new KeyCommand.PutKeyset(
                header(),
                change.after(),
                change.wrapped(),
                change.masterKeyId(),
                change.primaryKeyId(),
                change.keyIds()));
        assertThat(result).isInstanceOf(Acknowledged.class);
    }

    /** Records that are not sealed by the primary key. */
    private static int unsealed(SealedNode node) {
        long primary = node.keyring.record().primaryKeyId();
        List<Object> found = new ArrayList<>();
        node.read(past -> {
            past.moment().instancesFrom(null, instance -> {
                if (!Sealed.isBy(instance.registration(), primary)) {
                    found.add(instance);
                }
                return true;
            });
            past.moment().configVersionsFrom(null, (version, value) -> {
                if (value != null && !Sealed.isBy(value, primary)) {
                    found.add(version);
                }
                return true;
            });
            past.moment().eventsFrom(0, event -> {
                if (event.before() != null && !Sealed.isBy(event.before().registration(), primary)) {
                    found.add(event);
                }
                return true;
            });
            return null;
        });
        return found.size();
    }

    private static List<PastEvent> events(SealedNode node) {
        return node.read(past -> past
                .opened(node.keyring::open)
                .events(new EventQuery(key("a").service(), 0, Long.MAX_VALUE - 1, null, 10_000))
                .events()
                .stream()
                .filter(event -> event.before() != null)
                .toList());
    }

    private static String opened(SealedNode node, long version) {
        return new String(
                new OpeningStore(node, node.keyring).value(CONFIG, version).bytes(), StandardCharsets.UTF_8);
    }

    private static Instance instance(SealedNode node, String id) {
        return node.view
                .current()
                .service(key(id).service())
                .instance(key(id).id())
                .instance();
    }

    private static Map<String, String> headersOf(Instance instance) {
        return instance.registration().healthCheck().headers();
    }

    private static InstanceKey key(String id) {
        return InstanceKey.of("default", "orders", id);
    }

    private static Registration registration(String id, String secret) {
        return Registration.builder(key(id))
                .address("10.0.0.1", 80)
                .metadata(Map.of("note", secret, "zone", "grüße"))
                .healthCheck(new HealthCheck(
                        CheckType.HTTP,
                        "/",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        3,
                        1,
                        "GET",
                        new TreeMap<>(Map.of("authorization", secret)),
                        null))
                .build();
    }

    private static Command register(String id, String secret) {
        return register("r" + NEXT.incrementAndGet(), id, secret);
    }

    /** As the way of all writes makes it. */
    private static Command register(String requestId, String id, String secret) {
        Command plain = new Command.RegisterInstance(
                CommandHeader.of(requestId), registration(id, secret), RegisterMode.UPSERT, Precondition.NONE);
        return new Command.RegisterInstance(
                new CommandHeader(requestId, CommandCodec.fingerprint(plain), null, null, Authority.NONE),
                registration(id, secret),
                RegisterMode.UPSERT,
                Precondition.NONE);
    }

    private static Command put(String text) {
        return new Command.PutConfig(header(), CONFIG, ContentType.DEFAULT, true, value(text), Precondition.NONE);
    }

    private static ConfigValue value(String text) {
        return ConfigValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CommandHeader header() {
        return CommandHeader.of("h" + NEXT.incrementAndGet());
    }
}
