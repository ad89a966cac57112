package io.rollcall.statemachine.apply;

import static io.rollcall.statemachine.apply.Commands.configKey;
import static io.rollcall.statemachine.apply.Commands.configValue;
import static io.rollcall.statemachine.apply.Commands.header;
import static io.rollcall.statemachine.apply.Commands.key;
import static io.rollcall.statemachine.apply.Commands.putConfig;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.change.RegistryChange.KeysetChanged;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.BatchRegistered;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedEvent;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedInstance;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedValue;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord.Phase;
import io.rollcall.statemachine.state.Sealed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class KeyRulesTest {

    private static final long FIRST = 7;
    private static final long SECOND = 4_000_000_001L;
    private static final ConfigKey CONFIG = configKey("db/password");

    private final FakeState state = new FakeState();

    @Test
    void firstKeysetHasEverythingResealed() {
        assertThat(put(0, FIRST, FIRST)).isEqualTo(new Acknowledged(1));

        assertThat(state.keyset.version()).isEqualTo(1);
        assertThat(state.keyset.phase()).isEqualTo(Phase.RESEALING);
        assertThat(state.keyset.keyIds()).containsExactly(FIRST);
    }

    @Test
    void onlyTheNextVersionOfTheKeysetIsTaken() {
        put(0, FIRST, FIRST);

        assertThat(reason(put(0, SECOND, FIRST, SECOND))).isEqualTo(Reason.PRECONDITION_FAILED);
        assertThat(reason(put(2, SECOND, FIRST, SECOND))).isEqualTo(Reason.PRECONDITION_FAILED);
        assertThat(put(1, SECOND, FIRST, SECOND)).isInstanceOf(Acknowledged.class);
        assertThat(state.keyset.primaryKeyId()).isEqualTo(SECOND);
    }

    @Test
    void aNewPrimaryKeyDoesNotTakeAwayTheOneBefore() {
        put(0, FIRST, FIRST);

        assertThat(reason(put(1, SECOND, SECOND))).isEqualTo(Reason.PRECONDITION_FAILED);
    }

    @Test
    void whatIsNotSealedByThePrimaryKeyIsRefused() {
        put(0, FIRST, FIRST);
        put(1, SECOND, FIRST, SECOND);

        assertThat(reason(register(Map.of("plain", "text")))).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(reason(register(sealed(FIRST, 1)))).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(reason(register(Map.of("", "no base64!")))).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(reason(register(new TreeMap<>(), headers(Map.of("authorization", "secret")))))
                .isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(reason(state.apply(putConfig("a", "plain")))).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(reason(putValue(value(FIRST, 1)))).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(state.instances).isEmpty();
        assertThat(state.configs).isEmpty();
    }

    @Test
    void whatHasNothingSecretNeedsNoSeal() {
        put(0, FIRST, FIRST);

        assertThat(state.apply(Commands.upsert("a", 80))).isInstanceOf(Registered.class);
        assertThat(state.apply(Commands.register(Commands.checked("b"), RegisterMode.UPSERT)))
                .isInstanceOf(Registered.class);
    }

    @Test
    void aBatchIsRefusedAsAWholeForOneSeal() {
        put(0, FIRST, FIRST);

        Registration unsealed =
                Commands.at("b", 81).toBuilder().metadata(Map.of("a", "b")).build();
        CommandResult result = state.apply(Commands.batch(false, Commands.at("a", 80), unsealed));

        assertThat(reason(result)).isEqualTo(Reason.SEAL_SUPERSEDED);
        assertThat(state.instances).isEmpty();
        assertThat(state.apply(Commands.batch(false, Commands.at("a", 80)))).isInstanceOf(BatchRegistered.class);
    }

    @Test
    void sealedValueHasTheSizeThatWasGiven() {
        put(0, FIRST, FIRST);

        ConfigStored stored = (ConfigStored) putValue(value(FIRST, 9));

        assertThat(stored.entry().size()).isEqualTo(9);
        assertThat(state.configTotals.bytes()).isEqualTo(256 + 9);
    }

    @Test
    void withoutKeysNothingIsTakenForSealed() {
        ConfigStored stored = (ConfigStored) putValue(value(FIRST, 9));

        assertThat(stored.entry().size()).isEqualTo(value(FIRST, 9).size());
    }

    @Test
    void newSealsChangeNothingElse() {
        Registration registration = Commands.checked("a").toBuilder()
                .metadata(Map.of("plain", "text"))
                .build();
        state.apply(Commands.register(registration, RegisterMode.UPSERT));
        state.apply(Commands.register(registration, RegisterMode.UPSERT));
        putValue(configValue("plain"));
        put(0, FIRST, FIRST);
        InstanceRecord before = state.instance(key("a"));

        CommandResult result = reseal(
                List.of(new ResealedInstance(key("a"), before.modifyIndex(), sealed(FIRST, 1), sealed(FIRST, 2))),
                List.of(new ResealedValue(CONFIG, 1, 3, value(FIRST, 5))),
                List.of(new ResealedEvent(key("a"), 2, sealed(FIRST, 3), new TreeMap<>())),
                false);

        assertThat(result).isInstanceOf(Acknowledged.class);
        InstanceRecord after = state.instance(key("a"));
        assertThat(after.registration().metadata()).isEqualTo(sealed(FIRST, 1));
        assertThat(after.registration().healthCheck().headers()).isEqualTo(sealed(FIRST, 2));
        assertThat(after.with(before.registration())).isEqualTo(before);
        assertThat(state.configValue(new ConfigVersionKey(CONFIG, 1))).isEqualTo(value(FIRST, 5));
        assertThat(state.config(CONFIG).modifyIndex()).isEqualTo(3);
        assertThat(state.events.get(1).before().registration().metadata()).isEqualTo(sealed(FIRST, 3));
        assertThat(state.keyset.done()).isEqualTo(10);
        assertThat(state.keyset.total()).isEqualTo(20);
    }

    @Test
    void readersAreToldOfTheKeysAlone() {
        state.apply(Commands.register(
                Commands.at("a", 80).toBuilder()
                        .metadata(Map.of("plain", "text"))
                        .build(),
                RegisterMode.UPSERT));
        put(0, FIRST, FIRST);

        Effect effect = state.evaluate(resealCommand(
                1,
                1,
                List.of(new ResealedInstance(key("a"), 1, sealed(FIRST, 1), new TreeMap<>())),
                List.of(),
                List.of(),
                false));

        assertThat(effect.changes()).hasSize(1).first().isInstanceOf(KeysetChanged.class);
    }

    @Test
    void whatHasChangedSinceItWasReadIsLeftAlone() {
        state.apply(Commands.upsert("a", 80));
        putValue(configValue("plain"));
        put(0, FIRST, FIRST);

        reseal(
                List.of(
                        new ResealedInstance(key("a"), 99, sealed(FIRST, 1), new TreeMap<>()),
                        new ResealedInstance(key("gone"), 1, sealed(FIRST, 1), new TreeMap<>())),
                List.of(
                        new ResealedValue(CONFIG, 1, 99, value(FIRST, 5)),
                        new ResealedValue(CONFIG, 2, 2, value(FIRST, 5))),
                List.of(
                        new ResealedEvent(key("a"), 1, sealed(FIRST, 1), new TreeMap<>()),
                        new ResealedEvent(key("a"), 99, sealed(FIRST, 1), new TreeMap<>())),
                false);

        assertThat(state.instance(key("a")).registration().metadata()).isEmpty();
        assertThat(state.instance(key("gone"))).isNull();
        assertThat(state.configValue(new ConfigVersionKey(CONFIG, 1))).isEqualTo(configValue("plain"));
        assertThat(state.events.get(0).before()).isNull();
    }

    @Test
    void sealsOfAnotherTermOrOfOtherKeysChangeNothing() {
        put(0, FIRST, FIRST);

        state.apply(resealCommand(2, 1, List.of(), List.of(), List.of(), true));
        state.apply(resealCommand(1, 2, List.of(), List.of(), List.of(), true));

        assertThat(state.keyset.phase()).isEqualTo(Phase.RESEALING);
        assertThat(state.keyset.done()).isZero();
    }

    @Test
    void earlierKeysStayUntilNoRequestNeedsThem() {
        put(0, FIRST, FIRST);
        put(1, SECOND, FIRST, SECOND);
        assertThat(reason(put(2, SECOND, SECOND))).as("while resealing").isEqualTo(Reason.PRECONDITION_FAILED);
        state.nowMillis = 50_000;
        reseal(List.of(), List.of(), List.of(), true);
        assertThat(state.keyset.phase()).isEqualTo(Phase.WAITING);
        assertThat(state.keyset.cleanAtMillis()).isEqualTo(50_000);

        state.rememberedRequests = List.of("r");
        assertThat(reason(put(2, SECOND, SECOND))).as("while remembered").isEqualTo(Reason.PRECONDITION_FAILED);
        state.rememberedRequests = List.of();

        assertThat(put(2, SECOND, SECOND)).isInstanceOf(Acknowledged.class);
        assertThat(state.keyset.phase()).isEqualTo(Phase.SETTLED);
        assertThat(state.keyset.keyIds()).containsExactly(SECOND);
        assertThat(state.keyset.version()).isEqualTo(3);
    }

    @Test
    void sameKeysUnderAnotherMasterKeyChangeNoPhase() {
        put(0, FIRST, FIRST);
        reseal(List.of(), List.of(), List.of(), true);
        state.rememberedRequests = List.of("r");

        put(1, FIRST, FIRST);

        assertThat(state.keyset.version()).isEqualTo(2);
        assertThat(state.keyset.phase()).isEqualTo(Phase.WAITING);
    }

    private CommandResult put(long after, long primary, Long... keys) {
        return state.apply(new KeyCommand.PutKeyset(header(), after, "wrapped", "master", primary, List.of(keys)));
    }

    private CommandResult register(Map<String, String> metadata) {
        return register(metadata, null);
    }

    private CommandResult register(Map<String, String> metadata, HealthCheck check) {
        Registration registration = Commands.at("a", 80).toBuilder()
                .metadata(metadata)
                .healthCheck(check)
                .build();
        return state.apply(Commands.register(registration, RegisterMode.UPSERT));
    }

    private static HealthCheck headers(Map<String, String> headers) {
        return new HealthCheck(
                CheckType.HTTP,
                "/",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                1,
                "GET",
                new TreeMap<>(headers),
                null);
    }

    private CommandResult putValue(ConfigValue value) {
        return state.apply(
                new Command.PutConfig(header(), CONFIG, ContentType.DEFAULT, true, value, Precondition.NONE));
    }

    private CommandResult reseal(
            List<ResealedInstance> instances,
            List<ResealedValue> values,
            List<ResealedEvent> events,
            boolean complete) {
        return state.apply(resealCommand(state.term, state.keyset.version(), instances, values, events, complete));
    }

    private static Command resealCommand(
            long term,
            long keyset,
            List<ResealedInstance> instances,
            List<ResealedValue> values,
            List<ResealedEvent> events,
            boolean complete) {
        return new KeyCommand.Reseal(header(), term, keyset, instances, values, events, 10, 20, complete);
    }

    private static SortedMap<String, String> sealed(long keyId, int content) {
        return Collections.unmodifiableSortedMap(Sealed.map(ciphertext(keyId, content)));
    }

    private static ConfigValue value(long keyId, int size) {
        return Sealed.value(size, ciphertext(keyId, 0));
    }

    /** In the form of Tink's. */
    private static byte[] ciphertext(long keyId, int content) {
        return ByteBuffer.allocate(9)
                .put((byte) 1)
                .putInt((int) keyId)
                .putInt(content)
                .array();
    }

    private static Reason reason(CommandResult result) {
        return ((Refused) result).reason();
    }
}
