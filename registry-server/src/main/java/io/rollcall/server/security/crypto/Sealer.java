package io.rollcall.server.security.crypto;

import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandCases;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.KeyCommand;
import java.util.List;

/**
 * Seals what is secret in a command. Every command has its case here, so that the compiler asks of a new one what is
 * secret in it.
 */
final class Sealer implements CommandCases<Command> {

    private final Keyring keyring;
    private final String fingerprint;

    /**
     * A sealer.
     *
     * @param fingerprint what stands for the command's digest
     */
    Sealer(Keyring keyring, String fingerprint) {
        this.keyring = keyring;
        this.fingerprint = fingerprint;
    }

    /** The digest of what is secret is not to be shown either; where there is none, the registry chose the id. */
    private CommandHeader sealed(CommandHeader header) {
        return header.fingerprint().isEmpty() ? header : header.withFingerprint(fingerprint);
    }

    @Override
    public Command registerInstance(Command.RegisterInstance command) {
        return new Command.RegisterInstance(
                sealed(command.header()), keyring.seal(command.registration()), command.mode(), command.precondition());
    }

    @Override
    public Command registerBatch(Command.RegisterBatch command) {
        return new Command.RegisterBatch(
                sealed(command.header()),
                command.registrations().stream().map(keyring::seal).toList(),
                command.mode(),
                command.atomic());
    }

    @Override
    public Command putConfig(Command.PutConfig command) {
        return new Command.PutConfig(
                sealed(command.header()),
                command.key(),
                command.contentType(),
                command.secret(),
                keyring.seal(command.key(), command.value()),
                command.precondition());
    }

    @Override
    public Command deregisterInstance(Command.DeregisterInstance command) {
        return command;
    }

    @Override
    public Command deregisterMany(Command.DeregisterMany command) {
        return command;
    }

    @Override
    public Command setOperatorWord(Command.SetOperatorWord command) {
        return command;
    }

    @Override
    public Command foundCluster(Command.FoundCluster command) {
        return command;
    }

    @Override
    public Command announceMember(Command.AnnounceMember command) {
        return command;
    }

    @Override
    public Command raiseFeatureLevel(Command.RaiseFeatureLevel command) {
        return command;
    }

    @Override
    public Command judge(Command.Judge command) {
        return command;
    }

    @Override
    public Command checkpointLeases(Command.CheckpointLeases command) {
        return command;
    }

    @Override
    public Command trimHistory(Command.TrimHistory command) {
        return command;
    }

    @Override
    public Command deleteConfig(Command.DeleteConfig command) {
        return command;
    }

    @Override
    public Command rollbackConfig(Command.RollbackConfig command) {
        return command;
    }

    @Override
    public Command forgetConfig(Command.ForgetConfig command) {
        return command;
    }

    @Override
    public Command putPolicy(AclCommand.PutPolicy command) {
        return command;
    }

    @Override
    public Command deletePolicy(AclCommand.DeletePolicy command) {
        return command;
    }

    @Override
    public Command putToken(AclCommand.PutToken command) {
        return command;
    }

    @Override
    public Command deleteToken(AclCommand.DeleteToken command) {
        return command;
    }

    @Override
    public Command forgetTokens(AclCommand.ForgetTokens command) {
        return command;
    }

    @Override
    public Command putKeyset(KeyCommand.PutKeyset command) {
        return command;
    }

    @Override
    public Command reseal(KeyCommand.Reseal command) {
        return command;
    }

    /** Whether the command is one in which something may be secret. */
    static boolean mayHaveSecrets(Command command) {
        return command instanceof Command.RegisterInstance
                || command instanceof Command.RegisterBatch
                || command instanceof Command.PutConfig;
    }

    /** Whether something is secret in a command. */
    static boolean hasSecrets(Command command) {
        if (command instanceof Command.RegisterInstance register) {
            return hasSecrets(List.of(register.registration()));
        }
        if (command instanceof Command.RegisterBatch batch) {
            return hasSecrets(batch.registrations());
        }
        return command instanceof Command.PutConfig;
    }

    private static boolean hasSecrets(List<Registration> registrations) {
        return registrations.stream()
                .anyMatch(registration -> !registration.metadata().isEmpty()
                        || (registration.healthCheck() != null
                                && !registration.healthCheck().headers().isEmpty()));
    }
}
