package io.rollcall.server.security.crypto;

import io.rollcall.api.model.Instance;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.Committed;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.BatchRegistered;
import io.rollcall.statemachine.command.CommandResult.OperatorWordSet;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.CommandResult.Registered;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Seals commands on their way to the log, whichever node they came to, and opens what they come to. A command that was
 * sealed by a key that no longer seals is sealed anew. Thread-safe.
 */
final class SealingBus implements CommandBus {

    /** Seals of one command: keys do not change twice within its deadline, but for an operator who plays with them. */
    private static final int SEALS_MAX = 3;

    private final CommandBus bus;
    private final Keyring keyring;
    private final boolean required;

    /**
     * A bus.
     *
     * @param required whether nothing secret is taken before there are keys
     */
    SealingBus(CommandBus bus, Keyring keyring, boolean required) {
        this.bus = bus;
        this.keyring = keyring;
        this.required = required;
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
        if (keyring.current() == null && required && Sealer.hasSecrets(command)) {
            return CompletableFuture.completedFuture(new NotSubmitted(
                    NotSubmitted.Cause.NO_KEYS,
                    "this node seals secrets, and the cluster has no keys yet: it takes them over once every member has"
                            + " the master key"));
        }
        return submit(command, deadline, SEALS_MAX, 0);
    }

    /**
     * Submits a command.
     *
     * @param key by which key of the keyset the digest of the request is told; 0 is the primary one
     */
    private CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline, int seals, int key) {
        return bus.submit(sealed(command, key), deadline).thenCompose(outcome -> {
            if (outcome instanceof Committed committed) {
                if (isRefused(committed, Reason.SEAL_SUPERSEDED) && seals > 1) {
                    // This node has applied the new keys before the refusal.
                    return submit(command, deadline, seals - 1, 0);
                }
                if (isRefused(committed, Reason.REQUEST_ID_REUSED)
                        && key + 1 < fingerprints(command).size()) {
                    // It may be a repetition of what came before the keys changed.
                    return submit(command, deadline, seals, key + 1);
                }
                return CompletableFuture.completedFuture(new Committed(open(committed.result())));
            }
            return CompletableFuture.completedFuture(outcome);
        });
    }

    private static boolean isRefused(Committed committed, Reason reason) {
        return committed.result() instanceof Refused refused && refused.reason() == reason;
    }

    @Override
    public CommandResult preview(Command command) {
        return open(bus.preview(sealed(command, 0)));
    }

    private Command sealed(Command command, int key) {
        if (keyring.current() == null) {
            return command;
        }
        List<String> fingerprints = fingerprints(command);
        return command.match(new Sealer(keyring, fingerprints.get(Math.min(key, fingerprints.size() - 1))));
    }

    /** Of a command that nothing is secret in the digest stays as it is, so there is no other. */
    private List<String> fingerprints(Command command) {
        Keyset current = keyring.current();
        String digest = command.header().fingerprint();
        return current == null || digest.isEmpty() || !Sealer.mayHaveSecrets(command)
                ? List.of(digest)
                : current.fingerprints(digest);
    }

    private CommandResult open(CommandResult result) {
        if (keyring.current() == null) {
            return result;
        }
        if (result instanceof Registered it) {
            return new Registered(it.index(), keyring.open(it.instance()), it.created());
        }
        if (result instanceof BatchRegistered it) {
            return new BatchRegistered(
                    it.index(),
                    it.applied(),
                    it.items().stream().map(this::open).toList());
        }
        if (result instanceof OperatorWordSet it) {
            return new OperatorWordSet(it.index(), keyring.open(it.instance()));
        }
        if (result instanceof Refused it) {
            Instance present = it.present();
            return new Refused(
                    it.index(), it.reason(), present == null ? null : keyring.open(present), it.currentIncarnation());
        }
        return result;
    }
}
