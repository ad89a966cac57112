package io.rollcall.server.app;

import io.rollcall.api.error.Problem;
import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Permission;
import io.rollcall.server.app.access.Storage;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Registering, deregistering and the operator's word. What comes in keeps the rules of a registration already; what
 * comes out is committed on a majority and applied here, or a rejection. Thread-safe; no method blocks.
 */
public final class Registrations {

    /** Most registrations of one batch. */
    public static final int MAX_BATCH = 1_000;

    private final Writes writes;
    private final CheckTargets checkTargets;
    private final Storage storage;
    private final Gatekeeper gatekeeper;

    /**
     * The registrations of a node.
     *
     * @param writes the way of all writes
     * @param checkTargets which addresses may be probed
     * @param gatekeeper says who may register which service of a batch
     * @param storage whether there is room
     */
    public Registrations(Writes writes, CheckTargets checkTargets, Gatekeeper gatekeeper, Storage storage) {
        this.writes = writes;
        this.checkTargets = checkTargets;
        this.gatekeeper = gatekeeper;
        this.storage = storage;
    }

    /**
     * Registers under an id that must be new.
     *
     * @param registration keeps all rules
     * @param context request id and circumstances
     * @return never fails
     * @throws InvalidRequestException naming {@code host} if it must not be probed
     */
    public CompletableFuture<WriteOutcome> create(Registration registration, RequestContext context) {
        return register(registration, RegisterMode.CREATE, WriteCondition.NONE, context);
    }

    /**
     * Registers or replaces.
     *
     * @param registration keeps all rules
     * @param takeover whether a live instance at another address may be replaced, too
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return never fails
     * @throws InvalidRequestException naming {@code host} if it must not be probed
     */
    public CompletableFuture<WriteOutcome> put(
            Registration registration, boolean takeover, WriteCondition condition, RequestContext context) {
        return register(registration, mode(takeover), condition, context);
    }

    private CompletableFuture<WriteOutcome> register(
            Registration registration, RegisterMode mode, WriteCondition condition, RequestContext context) {
        Violations violations = new Violations();
        requireTarget(registration, "host", violations);
        violations.throwIfAny();
        Problem refusal = storage.refusal(List.of(registration.key()), context.actor());
        if (refusal != null) {
            return CompletableFuture.completedFuture(new WriteOutcome.Rejected(refusal));
        }
        return writes.write(
                context,
                registration.key(),
                null,
                header -> new Command.RegisterInstance(header, registration, mode, condition.precondition()));
    }

    private void requireTarget(Registration registration, String field, Violations violations) {
        String refusal = registration.healthCheck() == null ? null : checkTargets.refusal(registration);
        if (refusal != null) {
            violations.add(field, refusal);
        }
    }

    private static RegisterMode mode(boolean takeover) {
        return takeover ? RegisterMode.TAKE_OVER : RegisterMode.UPSERT;
    }

    /**
     * Registers or replaces many.
     *
     * @param registrations 1 to {@value #MAX_BATCH}, each keeping all rules, no key twice
     * @param takeover whether live instances at other addresses may be replaced, too
     * @param atomic whether one refusal refuses all
     * @param caller who asks; what he may not register is refused by itself, as by the rules
     * @param context request id and circumstances
     * @return never fails
     * @throws InvalidRequestException naming {@code instances[3].host} and its like if some must not be probed
     */
    public CompletableFuture<WriteOutcome> putAll(
            List<Registration> registrations, boolean takeover, boolean atomic, Caller caller, RequestContext context) {
        Violations violations = new Violations();
        for (int i = 0; i < registrations.size(); i++) {
            requireTarget(registrations.get(i), "instances[" + i + "].host", violations);
        }
        violations.throwIfAny();
        BatchScreen screen = BatchScreen.of(registrations, key -> refusal(key, caller));
        if (screen.passed().isEmpty()) {
            return CompletableFuture.completedFuture(screen.none(writes.appliedIndex(), atomic));
        }
        List<InstanceKey> passed =
                screen.passed().stream().map(Registration::key).toList();
        Problem noRoom = storage.refusal(passed, context.actor());
        if (noRoom != null) {
            return CompletableFuture.completedFuture(new WriteOutcome.Rejected(noRoom));
        }
        // What would have come of the others is told, too, as for a refusal by the rules.
        boolean isRefused = atomic && !screen.isClear();
        RequestContext circumstances = isRefused ? context.asDryRun() : context;
        return writes.write(
                        circumstances,
                        null,
                        null,
                        header -> new Command.RegisterBatch(
                                header, screen.passed(), mode(takeover), atomic && !isRefused))
                .thenApply(outcome -> screen.whole(outcome, !isRefused));
    }

    private @Nullable Problem refusal(InstanceKey key, Caller caller) {
        return caller.mayEverywhere(AccessResource.SERVICE, AccessLevel.WRITE)
                ? null
                : gatekeeper.refusal(caller, Permission.of(AccessLevel.WRITE, key.service()));
    }

    /**
     * Deregisters.
     *
     * @param key which
     * @param incarnation the incarnation that is meant; null: whichever is there
     * @param condition what must hold of what is there
     * @param context request id and circumstances
     * @return never fails
     */
    public CompletableFuture<WriteOutcome> remove(
            InstanceKey key, @Nullable Long incarnation, WriteCondition condition, RequestContext context) {
        return writes.write(
                context,
                key,
                incarnation,
                header -> new Command.DeregisterInstance(header, key, incarnation, condition.precondition()));
    }

    /**
     * Sets the operator's word or takes it back.
     *
     * @param key which
     * @param word null takes it back
     * @param context request id and circumstances
     * @return never fails
     */
    public CompletableFuture<WriteOutcome> say(InstanceKey key, @Nullable OperatorWord word, RequestContext context) {
        return writes.write(context, key, null, header -> new Command.SetOperatorWord(header, key, word));
    }
}
