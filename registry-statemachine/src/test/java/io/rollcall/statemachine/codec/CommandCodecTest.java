package io.rollcall.statemachine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.TokenRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandCodecTest {

    private static final String PLAIN = new String(CommandCodec.encode(command("register-instance.v1.plain")), UTF_8);

    @Test
    void everyCommandComesBackAsItWas() {
        Samples.COMMANDS.forEach((name, command) -> assertThat(CommandCodec.decode(CommandCodec.encode(command)))
                .as(name)
                .isEqualTo(command));
    }

    @Test
    void authorityNeedsTheLevelThatKnowsItAndNothingElseDoes() {
        assertThat(CommandCodec.featureLevel(command("register-instance.v1"))).isEqualTo(1);
        assertThat(CommandCodec.featureLevel(command("put-config.v1"))).isEqualTo(3);
        assertThat(CommandCodec.featureLevel(command("register-instance.v1.owner")))
                .isEqualTo(4);
        assertThat(CommandCodec.featureLevel(command("deregister-instance.v1.operator")))
                .isEqualTo(4);
        assertThat(Samples.COMMANDS.values().stream().filter(AclCommand.class::isInstance))
                .hasSizeGreaterThan(4)
                .allMatch(command -> CommandCodec.featureLevel(command) == 4);
    }

    @Test
    void hashOfASecretIsInNoText() {
        Object record = new TokenRecord(Samples.TOKEN, Samples.SECRET_HASH);
        Object change = new TokenChanged(1, "a", Samples.TOKEN, Samples.SECRET_HASH);

        assertThat(List.of(command("put-token.v1"), record, change))
                .allSatisfy(told -> assertThat(told).asString().doesNotContain(Samples.SECRET_HASH));
    }

    @Test
    void entryKeepsOrderAndTime() {
        List<Command> commands = List.copyOf(Samples.COMMANDS.values());
        byte[] entry = CommandCodec.entry(
                1_700_000_000_123L, commands.stream().map(CommandCodec::encode).toList());

        CommandBatch batch = CommandCodec.decodeEntry(entry);

        assertThat(batch).isEqualTo(new CommandBatch(1_700_000_000_123L, commands));
    }

    @Test
    void entryIsReadFromAReadOnlyBufferThatStaysAsItWas() {
        byte[] entry = CommandCodec.entry(7, List.of(PLAIN.getBytes(UTF_8)));
        ByteBuffer buffer =
                ByteBuffer.allocate(entry.length + 2).put((byte) 9).put(entry).put((byte) 9);
        ByteBuffer slice = buffer.position(1).limit(entry.length + 1).asReadOnlyBuffer();

        CommandBatch batch = CommandCodec.decodeEntry(slice);

        assertThat(batch.commands()).containsExactly(command("register-instance.v1.plain"));
        assertThat(slice.position()).isEqualTo(1);
    }

    @Test
    void entryCutOffAnywhereIsRefused() {
        byte[] entry = CommandCodec.entry(7, List.of(PLAIN.getBytes(UTF_8), PLAIN.getBytes(UTF_8)));

        for (int length = 0; length < entry.length; length++) {
            byte[] cut = Arrays.copyOf(entry, length);
            assertThatThrownBy(() -> CommandCodec.decodeEntry(cut)).isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void entryWithMoreBehindItsEndIsRefused() {
        byte[] entry = CommandCodec.entry(7, List.of(PLAIN.getBytes(UTF_8)));

        assertThatThrownBy(() -> CommandCodec.decodeEntry(Arrays.copyOf(entry, entry.length + 1)))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void entryOfAnUnknownFormatIsRefused() {
        byte[] entry = CommandCodec.entry(7, List.of(PLAIN.getBytes(UTF_8)));
        entry[0] = 2;

        assertThatThrownBy(() -> CommandCodec.decodeEntry(entry))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void entryWithoutCommandsIsRefused() {
        byte[] entry = CommandCodec.entry(7, List.of());

        assertThatThrownBy(() -> CommandCodec.decodeEntry(entry)).isInstanceOf(UndecodableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"register-instance\" -> \"type\":\"register-everything\"",
                "\"version\":1 -> \"version\":2",
                "\"version\":1 -> \"version\":\"1\"",
                "\"version\":1, -> \"version\":1,\"more\":1,",
                "\"requestId\":\"r-1\" -> \"requestId\":null",
                "\"requestId\":\"r-1\" -> \"requestID\":\"r-1\"",
                "\"fingerprint\":\"\", -> ",
                "\"mode\":\"create\" -> \"mode\":\"create\",\"more\":1",
                "\"mode\":\"create\" -> \"mode\":\"CREATE\"",
                "\"mode\":\"create\", -> ",
                "\"protocol\":\"http\" -> \"protocol\":\"http3\"",
                "\"port\":9000 -> \"port\":\"9000\"",
                "\"port\":9000 -> \"port\":9000.5",
                "\"port\":9000 -> \"port\":null",
                "\"port\":9000, -> ",
                "\"host\":\"worker.example\" -> \"host\":null",
                "\"host\":\"worker.example\" -> \"host\":7",
                "\"tags\":{} -> \"tags\":{\"a\":null}",
                "\"tags\":{} -> \"tags\":[]",
                "\"tags\":{} -> \"tags\":null",
                "\"healthCheck\":null -> \"healthCheck\":{}",
                ",\"healthCheck\":null -> ",
                "\"id\":\"a:1\" -> \"id\":\"a/1\"",
                "}} -> }}}",
                "}} -> }",
                "}} -> }} {}"
            })
    void whatIsNotKnownExactlyIsRefused(String replacement) {
        String[] parts = replacement.split(" -> ", -1);
        assertThat(PLAIN).contains(parts[0]);
        int at = PLAIN.lastIndexOf(parts[0]);
        String spoilt = PLAIN.substring(0, at) + parts[1] + PLAIN.substring(at + parts[0].length());

        assertThatThrownBy(() -> CommandCodec.decode(spoilt.getBytes(UTF_8))).isInstanceOf(UndecodableException.class);
    }

    @Test
    void fingerprintIsOfTheContentAlone() {
        Command.RegisterInstance command = (Command.RegisterInstance) command("register-instance.v1");
        Command.RegisterInstance again = new Command.RegisterInstance(
                CommandHeader.of("another"), command.registration(), command.mode(), command.precondition());
        Command.RegisterInstance other = new Command.RegisterInstance(
                command.header(), command.registration(), command.mode(), Precondition.NONE);

        String fingerprint = CommandCodec.fingerprint(command);

        assertThat(fingerprint)
                .matches("[0-9a-f]{32}")
                .isEqualTo(CommandCodec.fingerprint(again))
                .isNotEqualTo(CommandCodec.fingerprint(other));
    }

    @Test
    void everyCommandHasTheFeatureLevelThatItCameWith() {
        Map<Class<?>, Integer> levels = Map.of(
                Command.Judge.class, 2,
                Command.CheckpointLeases.class, 2,
                Command.TrimHistory.class, 3,
                Command.ForgetConfig.class, 3,
                Command.PutConfig.class, 3,
                Command.DeleteConfig.class, 3,
                Command.RollbackConfig.class, 3,
                KeyCommand.PutKeyset.class, 4,
                KeyCommand.Reseal.class, 4);

        Samples.COMMANDS.values().stream()
                .filter(command -> !(command instanceof AclCommand))
                .filter(command -> command.header().authority() == Authority.NONE)
                .forEach(command -> assertThat(CommandCodec.featureLevel(command))
                        .isEqualTo(levels.getOrDefault(command.getClass(), 1)));
    }

    private static Command command(String name) {
        return Samples.COMMANDS.get(name);
    }
}
