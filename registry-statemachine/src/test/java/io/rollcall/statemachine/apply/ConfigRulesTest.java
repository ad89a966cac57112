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
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused.ConfigReason;
import io.rollcall.statemachine.command.CommandResult.ConfigStored;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
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
                new CommandHeader("r", "", null, "deployer", Authority.NONE),
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

    @Test
    void totalsCountWhatIsKept() {
        state.apply(putConfig(PATH, "abc"));
        state.apply(putConfig("other", "ab"));
        state.apply(deleteConfig(PATH, Precondition.NONE));

        assertThat(state.configTotals)
                .isEqualTo(new ConfigTotals(3, 3L * ConfigTotals.VERSION_BYTES + "abc".length() + "ab".length()));
        for (int i = 0; i < 2 * ConfigRules.VERSIONS_KEPT; i++) {
            state.apply(putConfig("other", "x"));
        }
        assertThat(state.configTotals.versions()).isEqualTo(2 + ConfigRules.VERSIONS_KEPT);
        assertThat(state.configTotals.bytes())
                .isEqualTo((2 + ConfigRules.VERSIONS_KEPT) * (long) ConfigTotals.VERSION_BYTES
                        + "abc".length()
                        + ConfigRules.VERSIONS_KEPT);
    }

    @Test
    void deletedKeyIsForgottenWithItsVersionsOldestFirst() {
        state.apply(putConfig(PATH, "a"));
        state.apply(putConfig(PATH, "b"));
        state.nowMillis = 2_000;
        state.apply(deleteConfig(PATH, Precondition.NONE));
        ConfigEntry deletion = state.config(KEY).toEntry();

        Effect first = state.evaluate(forget(1, 2_001, 2));
        int firstRemoved = removed(forget(1, 2_001, 2));
        boolean isStillThere = state.config(KEY) != null && state.configVersion(version(3)) != null;
        Effect second = state.evaluate(forget(1, 2_001, 2));
        int secondRemoved = removed(forget(1, 2_001, 2));

        assertThat(firstRemoved).isEqualTo(2);
        assertThat(first.changes()).isEmpty();
        assertThat(isStillThere).isTrue();
        assertThat(secondRemoved).isEqualTo(1);
        assertThat(second.changes()).containsExactly(new ConfigForgotten(5, deletion));
        assertThat(state.config(KEY)).isNull();
        assertThat(state.configVersions).isEmpty();
        assertThat(state.configValues).isEmpty();
        assertThat(state.configTotals).isEqualTo(ConfigTotals.EMPTY);
        assertThat(state.configFloor(KEY.namespace())).isEqualTo(new ConfigFloor(KEY.namespace(), 3));
    }

    @Test
    void whatIsThereOrWasDeletedLatelyIsNotForgotten() {
        state.apply(putConfig(PATH, "a"));
        assertThat(removed(forget(1, Long.MAX_VALUE, 9))).isZero();
        state.nowMillis = 2_000;
        state.apply(deleteConfig(PATH, Precondition.NONE));

        assertThat(removed(forget(1, 2_000, 9))).isZero();
        assertThat(removed(forget(2, 2_001, 9))).as("of another term").isZero();
        assertThat(removed(forget(1, 2_001, 9))).isEqualTo(2);
        assertThat(removed(forget(1, 2_001, 9))).as("a second time").isZero();
    }

    @Test
    void floorOfForgottenKeysNeverFalls() {
        for (String path : List.of("a", "b")) {
            state.apply(putConfig(path, "x"));
            state.apply(deleteConfig(path, Precondition.NONE));
        }

        for (String path : List.of("b", "a")) {
            state.apply(new Command.ForgetConfig(header(), 1, configKey(path), Long.MAX_VALUE, 9));
        }

        assertThat(state.configFloor(KEY.namespace()).index()).isEqualTo(4);
    }

    private static Command forget(long term, long beforeMillis, int limit) {
        return new Command.ForgetConfig(header(), term, KEY, beforeMillis, limit);
    }

    private int removed(Command forget) {
        return ((HistoryTrimmed) state.apply(forget)).removed();
    }
}
