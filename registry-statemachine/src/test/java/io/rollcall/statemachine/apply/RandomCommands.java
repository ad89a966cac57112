package io.rollcall.statemachine.apply;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Member;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.DeregisterMany.Target;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedEvent;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedInstance;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedValue;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.Sealed;
import io.rollcall.statemachine.state.StateReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Log entries of every kind of command over few keys, so that they meet; some requests are repeated. */
final class RandomCommands {

    private static final int IDS = 6;
    private static final int TERM = 1;
    private static final long SURE_POLICY = 100;
    private static final long SURE_KEYSET = 200;

    private final Random random;
    private final StateReader state;
    private final List<Command> earlier = new ArrayList<>();
    private long nextRequest;
    private long wallClock = 1_700_000_000_000L;

    /**
     * A generator.
     *
     * @param state with the entries of before, so that what is fenced by an incarnation mostly meets the present one
     */
    RandomCommands(long seed, StateReader state) {
        this.random = new Random(seed);
        this.state = state;
    }

    CommandBatch entry() {
        // Now and then hours pass, and now and then a new leader's clock is behind.
        wallClock += random.nextInt(20) == 0 ? 4_000_000 : random.nextInt(2_000) - 500;
        List<Command> commands = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            commands.add(command());
        }
        return new CommandBatch(wallClock, commands);
    }

    private Command command() {
        if (!earlier.isEmpty() && random.nextInt(8) == 0) {
            return earlier.get(random.nextInt(earlier.size()));
        }
        Command command = fresh(header());
        earlier.add(command);
        return command;
    }

    private CommandHeader header() {
        String requestId = "q" + nextRequest++;
        return switch (random.nextInt(6)) {
            case 0, 1 -> new CommandHeader(requestId, "", null, "team-" + random.nextInt(2), Authority.OWNER);
            case 2 -> new CommandHeader(requestId, "", null, "operator", Authority.OPERATOR);
            default -> CommandHeader.of(requestId);
        };
    }

    private Command fresh(CommandHeader header) {
        // What is rare is sure to come once.
        if (nextRequest == SURE_POLICY) {
            return new AclCommand.PutPolicy(header, "n0", "", List.of(), Precondition.NONE);
        }
        if (nextRequest == SURE_KEYSET) {
            return putKeyset(header);
        }
        return switch (random.nextInt(22)) {
            case 0 -> new Command.DeregisterInstance(header, Commands.key(id()), incarnation(), Precondition.NONE);
            case 1 -> new Command.DeregisterInstance(header, Commands.key(id()), null, Precondition.NONE);
            case 2 ->
                new Command.RegisterBatch(header, List.of(at("b0"), at("b1"), at("b2")), mode(), random.nextBoolean());
            case 3 ->
                new Command.DeregisterMany(
                        header,
                        List.of(new Target(Commands.key("b0"), incarnation()), new Target(Commands.key("b1"), 3)));
            case 4 ->
                new Command.SetOperatorWord(
                        header, Commands.key(id()), new OperatorWord(InstanceStatus.DRAINING, "r" + random.nextInt(3)));
            case 5 -> new Command.SetOperatorWord(header, Commands.key(id()), null);
            case 6 -> new Command.AnnounceMember(header, new Member("n" + random.nextInt(3), "h:1", 1));
            case 7, 8, 9 -> new Command.Judge(header, term(), List.of(verdict(), verdict(), verdict()));
            case 10 ->
                random.nextBoolean()
                        ? new Command.TrimHistory(header, term(), wallClock - 5_000, 100_000, 1 + random.nextInt(9))
                        : new Command.CheckpointLeases(header, term(), List.of(leaseAge("b0"), leaseAge(id())));
            case 11, 12 ->
                new Command.PutConfig(
                        header, configKey(), ContentType.DEFAULT, random.nextBoolean(), configValue(), precondition());
            case 13 -> new Command.DeleteConfig(header, configKey(), precondition());
            case 14 -> new Command.RollbackConfig(header, configKey(), 1 + random.nextInt(9), precondition());
            case 15, 16 -> new Command.ForgetConfig(header, term(), configKey(), wallClock, 1 + random.nextInt(100));
            case 17 -> acl(header);
            case 18 -> putKeyset(header);
            case 19 -> reseal(header);
            default -> new Command.RegisterInstance(header, at(id()), mode(), precondition());
        };
    }

    private Command acl(CommandHeader header) {
        String name = "n" + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0 -> new AclCommand.PutPolicy(header, name, "", List.of(), precondition());
            case 1 -> new AclCommand.DeletePolicy(header, name, precondition());
            case 2 -> new AclCommand.DeleteToken(header, name, precondition());
            case 3 -> new AclCommand.ForgetTokens(header, term(), List.of(name), wallClock);
            default ->
                new AclCommand.PutToken(
                        header,
                        name,
                        "web",
                        "",
                        List.of("a"),
                        random.nextBoolean() ? 0 : wallClock + random.nextInt(9_000),
                        "hash",
                        precondition());
        };
    }

    /** A new key, or the end of those before; it is refused where that is too early. */
    private Command putKeyset(CommandHeader header) {
        KeysetRecord present = state.keyset();
        long version = present == null ? 0 : present.version();
        long primary = version + random.nextInt(2);
        List<Long> keys = new ArrayList<>(present == null || random.nextInt(3) == 0 ? List.of() : present.keyIds());
        if (!keys.contains(primary)) {
            keys.add(primary);
        }
        return new KeyCommand.PutKeyset(header, version, "wrapped", "master", primary, keys);
    }

    private Command reseal(CommandHeader header) {
        KeysetRecord present = state.keyset();
        InstanceKey key = Commands.key(id());
        InstanceRecord instance = state.instance(key);
        List<EventMark> events = state.oldestEvents(9);
        long event =
                events.isEmpty() ? 1 : events.get(random.nextInt(events.size())).index();
        ConfigRecord config = state.config(configKey());
        return new KeyCommand.Reseal(
                header,
                term(),
                present == null ? 1 : present.version(),
                List.of(new ResealedInstance(
                        key, instance == null ? 1 : instance.modifyIndex(), sealedMap(), new TreeMap<>())),
                config == null
                        ? List.of()
                        : List.of(
                                new ResealedValue(config.key(), config.version(), config.modifyIndex(), sealedValue())),
                List.of(new ResealedEvent(key, event, sealedMap(), sealedMap())),
                random.nextInt(100),
                100,
                random.nextInt(4) == 0);
    }

    private ConfigValue configValue() {
        boolean plain = state.keyset() == null || random.nextInt(10) == 0;
        return plain ? ConfigValue.of(new byte[random.nextInt(9)]) : sealedValue();
    }

    private ConfigValue sealedValue() {
        return Sealed.value(random.nextInt(9), ciphertext());
    }

    private SortedMap<String, String> sealedMap() {
        return Sealed.map(ciphertext());
    }

    /** In the form of Tink's, mostly of the key that seals now. */
    private byte[] ciphertext() {
        KeysetRecord present = state.keyset();
        long primary = present == null ? 0 : present.primaryKeyId();
        return ByteBuffer.allocate(9 + random.nextInt(9))
                .put((byte) 1)
                .putInt((int) primary - random.nextInt(8) / 7)
                .putInt(random.nextInt())
                .array();
    }

    private ConfigKey configKey() {
        return ConfigKey.of("default", "a/" + random.nextInt(2));
    }

    private long term() {
        return random.nextInt(10) == 0 ? TERM + 1 : TERM;
    }

    private Verdict verdict() {
        InstanceKey key = Commands.key(id());
        InstanceRecord present = state.instance(key);
        long incarnation = incarnationOf(present);
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Verdict.LeaseLapsed(key, incarnation, random.nextInt(100_000));
            case 2 -> new Verdict.LeaseRevived(key, incarnation);
            case 3, 4 -> new Verdict.CheckTurned(key, incarnation, checkState(), "reason " + random.nextInt(2));
            case 5 -> new Verdict.Suspected(key, incarnation, random.nextBoolean());
            default -> new Verdict.Overdue(key, incarnation, present == null ? 1 : present.modifyIndex());
        };
    }

    private CheckState checkState() {
        return List.of(CheckState.PASSING, CheckState.WARNING, CheckState.CRITICAL)
                .get(random.nextInt(3));
    }

    private LeaseAge leaseAge(String id) {
        InstanceKey key = Commands.key(id);
        return new LeaseAge(key, incarnationOf(state.instance(key)), wallClock, random.nextInt(100_000));
    }

    private long incarnationOf(@Nullable InstanceRecord present) {
        return present == null || random.nextInt(10) == 0 ? incarnation() : present.incarnation();
    }

    private String id() {
        return "b" + random.nextInt(IDS);
    }

    private long incarnation() {
        return random.nextInt(200);
    }

    private Registration at(String id) {
        return random.nextInt(3) == 0 ? Commands.checked(id) : Commands.at(id, 80 + random.nextInt(2));
    }

    private RegisterMode mode() {
        return List.of(RegisterMode.CREATE, RegisterMode.UPSERT, RegisterMode.TAKE_OVER)
                .get(random.nextInt(3));
    }

    private Precondition precondition() {
        return switch (random.nextInt(6)) {
            case 0 -> Precondition.EXISTS;
            case 1 -> Precondition.ABSENT;
            case 2 -> Precondition.modifyIndex(1 + random.nextInt(100));
            default -> Precondition.NONE;
        };
    }
}
