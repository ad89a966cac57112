package io.rollcall.statemachine.apply;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.command.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Short forms of commands for tests; each has a request id of its own. */
final class Commands {

    private static final AtomicLong NEXT = new AtomicLong();

    private Commands() {}

    static CommandHeader header() {
        return CommandHeader.of("r" + NEXT.incrementAndGet());
    }

    static InstanceKey key(String id) {
        return InstanceKey.of("default", "orders", id);
    }

    static Registration at(String id, int port) {
        return Registration.builder(key(id)).address("10.0.0.1", port).build();
    }

    static Registration checked(String id) {
        return Registration.builder(key(id))
                .address("10.0.0.1", 80)
                .healthCheck(HealthCheck.of(CheckType.HTTP, "/health"))
                .build();
    }

    static Command register(Registration registration, RegisterMode mode) {
        return register(registration, mode, Precondition.NONE);
    }

    static Command register(Registration registration, RegisterMode mode, Precondition precondition) {
        return new Command.RegisterInstance(header(), registration, mode, precondition);
    }

    static Command upsert(String id, int port) {
        return register(at(id, port), RegisterMode.UPSERT);
    }

    static Command batch(boolean atomic, Registration... registrations) {
        return new Command.RegisterBatch(header(), List.of(registrations), RegisterMode.UPSERT, atomic);
    }

    static Command deregister(String id, Long incarnation) {
        return new Command.DeregisterInstance(header(), key(id), incarnation, Precondition.NONE);
    }

    static Command maintenance(String id) {
        return new Command.SetOperatorWord(
                header(), key(id), new OperatorWord(InstanceStatus.MAINTENANCE, "disk swap"));
    }

    static Command drain(String id) {
        return new Command.SetOperatorWord(header(), key(id), new OperatorWord(InstanceStatus.DRAINING, "moving"));
    }

    static Command judge(long term, Verdict... verdicts) {
        return new Command.Judge(header(), term, List.of(verdicts));
    }

    static Command checkpoint(long term, LeaseAge... leases) {
        return new Command.CheckpointLeases(header(), term, List.of(leases));
    }

    static ConfigKey configKey(String path) {
        return ConfigKey.of("default", path);
    }

    static ConfigValue configValue(String text) {
        return ConfigValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Command putConfig(String path, String text, Precondition precondition) {
        return new Command.PutConfig(
                header(), configKey(path), ContentType.DEFAULT, false, configValue(text), precondition);
    }

    static Command putConfig(String path, String text) {
        return putConfig(path, text, Precondition.NONE);
    }

    static Command deleteConfig(String path, Precondition precondition) {
        return new Command.DeleteConfig(header(), configKey(path), precondition);
    }

    static Command rollbackConfig(String path, long version, Precondition precondition) {
        return new Command.RollbackConfig(header(), configKey(path), version, precondition);
    }

    static Command takeWordBack(String id) {
        return new Command.SetOperatorWord(header(), key(id), null);
    }
}
