package io.rollcall.statemachine.apply;

import static io.rollcall.statemachine.apply.Commands.configKey;
import static io.rollcall.statemachine.apply.Commands.configValue;
import static io.rollcall.statemachine.apply.Commands.deleteConfig;
import static io.rollcall.statemachine.apply.Commands.header;
import static io.rollcall.statemachine.apply.Commands.putConfig;
import static io.rollcall.statemachine.apply.Commands.rollbackConfig;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused.ConfigReason;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ConfigRulesTest {

    private static final String PATH = "orders/db.url";
    private static final ConfigKey KEY = configKey(PATH);

    private final FakeState state = new FakeState();

    @Test
    void firstPutIsVersionOneAndCreatesTheKey() {
        state.nowMillis = 5_000;

        CommandResult result = state.apply(new Command.PutConfig(
                new CommandHeader("r", "", null, "deployer"),
                KEY,
                new ContentType("text/plain"),
                true,
                configValue("abc"),
                Precondition.NONE));

        ConfigRecord expected =
                new ConfigRecord(KEY, 1, 1, 1, 5_000, new ContentType("text/plain"), true, false, 3, "deployer");
        assertThat(result).isEqualTo(new ConfigStored(1, expected.toEntry(), true));
        assertThat(state.config(KEY)).isEqualTo(expected);
        assertThat(state.configVersion(version(1))).isEqualTo(expected);
        assertThat(state.configValue(version(1))).isEqualTo(configValue("abc"));
    }

    @Test
    void nextPutKeepsTheVersionBefore() {
        state.apply(putConfig(PATH, "a"));

        CommandResult result = state.apply(putConfig(PATH, "b"));

        assertThat(result).isInstanceOfSatisfying(ConfigStored.class, stored -> {
            assertThat(stored.created()).isFalse();
            assertThat(stored.entry().version()).isEqualTo(2);
            assertThat(stored.entry().createIndex()).isEqualTo(1);
            assertThat(stored.entry().modifyIndex()).isEqualTo(2);
        });
        assertThat(state.configValue(version(1))).isEqualTo(configValue("a"));
        assertThat(state.configValue(version(2))).isEqualTo(configValue("b"));
    }

    @Test
    void putIsToldAsAChangeFromTheVersionBefore() {
        Effect first = state.evaluate(putConfig(PATH, "a"));
        state.apply(putConfig(PATH, "a"));
        ConfigEntry before = state.config(KEY).toEntry();
        Effect second = state.evaluate(putConfig(PATH, "b"));

        assertThat(first.changes()).containsExactly(new ConfigChanged(1, null, before));
        assertThat(second.changes())
                .containsExactly(new ConfigChanged(2, before, ((ConfigStored) second.result()).entry()));
    }

    @Test
    void conditionsAreHeldAgainstTheLastChange() {
        assertRefused(putConfig(PATH, "a", Precondition.EXISTS), ConfigReason.PRECONDITION_FAILED, 0);
        assertRefused(putConfig(PATH, "a", Precondition.modifyIndex(7)), ConfigReason.PRECONDITION_FAILED, 0);
        state.index = 10;
        state.apply(putConfig(PATH, "a", Precondition.ABSENT));

        assertRefused(putConfig(PATH, "b", Precondition.ABSENT), ConfigReason.PRECONDITION_FAILED, 11);
        assertRefused(putConfig(PATH, "b", Precondition.modifyIndex(10)), ConfigReason.PRECONDITION_FAILED, 11);
        assertRefused(deleteConfig(PATH, Precondition.modifyIndex(10)), ConfigReason.PRECONDITION_FAILED, 11);
        assertRefused(rollbackConfig(PATH, 1, Precondition.modifyIndex(10)), ConfigReason.PRECONDITION_FAILED, 11);
        assertThat(state.configValue(version(1))).isEqualTo(configValue("a"));
        assertThat(state.apply(putConfig(PATH, "b", Precondition.modifyIndex(11))))
                .isInstanceOf(ConfigStored.class);
    }

    @Test
    void deletionIsAVersionWithoutAValue() {
        state.apply(putConfig(PATH, "a"));
        state.nowMillis = 9_000;

        CommandResult result = state.apply(deleteConfig(PATH, Precondition.modifyIndex(1)));

        ConfigRecord deletion = new ConfigRecord(KEY, 2, 1, 2, 9_000, ContentType.DEFAULT, false, true, 0, null);
        assertThat(result).isEqualTo(new ConfigStored(2, deletion.toEntry(), false));
        assertThat(state.config(KEY)).isEqualTo(deletion);
        assertThat(state.configValue(version(2))).isNull();
        assertThat(state.configValue(version(1))).isEqualTo(configValue("a"));
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        assertRefused(deleteConfig(PATH, Precondition.NONE), ConfigReason.NOT_FOUND, 0);
        state.apply(putConfig(PATH, "a"));
        state.apply(deleteConfig(PATH, Precondition.NONE));

        assertRefused(deleteConfig(PATH, Precondition.NONE), ConfigReason.NOT_FOUND, 0);
    }

    @Test
    void deletedKeyIsAbsentToConditionsAndItsVersionsGoOn() {
        state.apply(putConfig(PATH, "a"));
        state.apply(deleteConfig(PATH, Precondition.NONE));
        assertRefused(putConfig(PATH, "b", Precondition.modifyIndex(2)), ConfigReason.PRECONDITION_FAILED, 0);
        long again = state.index + 1;

        CommandResult result = state.apply(putConfig(PATH, "b", Precondition.ABSENT));

        assertThat(result).isInstanceOfSatisfying(ConfigStored.class, stored -> {
            assertThat(stored.created()).isTrue();
            assertThat(stored.entry().version()).isEqualTo(3);
            assertThat(stored.entry().createIndex()).isEqualTo(again);
        });
    }

    @Test
    void rollbackMakesTheOldValueANewVersion() {
        state.apply(new Command.PutConfig(
                header(), KEY, new ContentType("text/plain"), true, configValue("a"), Precondition.NONE));
        state.apply(putConfig(PATH, "b"));

        CommandResult result = state.apply(rollbackConfig(PATH, 1, Precondition.modifyIndex(2)));

        assertThat(result).isInstanceOfSatisfying(ConfigStored.class, stored -> {
            assertThat(stored.created()).isFalse();
            assertThat(stored.entry().version()).isEqualTo(3);
            assertThat(stored.entry().contentType()).isEqualTo(new ContentType("text/plain"));
            assertThat(stored.entry().secret()).isTrue();
            assertThat(stored.entry().size()).isEqualTo(1);
        });
        assertThat(state.configValue(version(3))).isEqualTo(configValue("a"));
        assertThat(state.configValue(version(2))).isEqualTo(configValue("b"));
    }

    @Test
    void rollbackBringsADeletedKeyBack() {
        state.apply(putConfig(PATH, "a"));
        state.apply(deleteConfig(PATH, Precondition.NONE));

        CommandResult result = state.apply(rollbackConfig(PATH, 1, Precondition.NONE));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigStored.class,
                        stored -> assertThat(stored.created()).isTrue());
        assertThat(state.config(KEY).deleted()).isFalse();
    }

    @Test
    void rollbackNeedsAVersionThatHasAValue() {
        assertRefused(rollbackConfig(PATH, 1, Precondition.NONE), ConfigReason.NOT_FOUND, 0);
        state.apply(putConfig(PATH, "a"));
        state.apply(deleteConfig(PATH, Precondition.NONE));
        long last = state.index + 1;
        state.apply(putConfig(PATH, "b"));

        assertRefused(rollbackConfig(PATH, 4, Precondition.NONE), ConfigReason.VERSION_NOT_FOUND, last);
        assertRefused(rollbackConfig(PATH, 2, Precondition.NONE), ConfigReason.VERSION_NOT_FOUND, last);
    }

    @Test
    void newestHundredVersionsAreKept() {
        for (int i = 1; i <= 102; i++) {
            state.apply(putConfig(PATH, "v" + i));
        }
        state.apply(deleteConfig(PATH, Precondition.NONE));

        List<Long> kept = state.configVersions.keySet().stream()
                .map(ConfigVersionKey::version)
                .toList();
        assertThat(kept).isEqualTo(LongStream.rangeClosed(4, 103).boxed().toList());
        assertThat(state.configValues).hasSize(99);
        assertRefused(rollbackConfig(PATH, 3, Precondition.NONE), ConfigReason.VERSION_NOT_FOUND, 0);
    }

    @Test
    void oldestKeptVersionCanBeHadBackAlthoughThatPushesItOut() {
        for (int i = 1; i <= 100; i++) {
            state.apply(putConfig(PATH, "v" + i));
        }

        state.apply(rollbackConfig(PATH, 1, Precondition.NONE));

        assertThat(state.configValue(version(101))).isEqualTo(configValue("v1"));
        assertThat(state.configVersion(version(1))).isNull();
    }

    @Test
    void namespacesAreApart() {
        state.apply(putConfig(PATH, "a"));

        assertThat(state.config(ConfigKey.of("other", PATH))).isNull();
    }

    private void assertRefused(Command command, ConfigReason reason, long modifyIndex) {
        long next = state.index + 1;
        assertThat(state.apply(command)).isEqualTo(new ConfigRefused(next, reason, modifyIndex));
    }

    private static ConfigVersionKey version(long version) {
        return new ConfigVersionKey(KEY, version);
    }
}
