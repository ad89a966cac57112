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
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Log entries of every kind of command over few keys, so that they meet; some requests are repeated. */
final class RandomCommands {

    private static final int IDS = 6;
    private static final int TERM = 1;

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
                        header,
                        configKey(),
                        ContentType.DEFAULT,
                        random.nextBoolean(),
                        ConfigValue.of(new byte[random.nextInt(9)]),
                        precondition());
            case 13 -> new Command.DeleteConfig(header, configKey(), precondition());
            case 14 -> new Command.RollbackConfig(header, configKey(), 1 + random.nextInt(9), precondition());
            case 15, 16 -> new Command.ForgetConfig(header, term(), configKey(), wallClock, 1 + random.nextInt(100));
            case 17 -> acl(header);
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
