package io.rollcall.server.app.access;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.server.app.RefusedException;
import io.rollcall.server.app.Writes;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.AclRefused;
import io.rollcall.statemachine.command.CommandResult.Refused;
import org.jspecify.annotations.Nullable;

/** What the result of a command about one token or policy means: a change, or an exception with a problem. */
final class AclReading<T> implements Writes.Reading<AclChange<T>> {

    private final String name;
    private final boolean isPolicy;
    private final Done<T> done;

    /** Makes the change of a result that is no refusal. */
    interface Done<T> {
        /** Null if it is none of this command. */
        @Nullable
        AclChange<T> of(CommandResult result, boolean dryRun);
    }

    private AclReading(String name, boolean isPolicy, Done<T> done) {
        this.name = name;
        this.isPolicy = isPolicy;
        this.done = done;
    }

    static <T> AclReading<T> of(String name, boolean isPolicy, Done<T> done) {
        return new AclReading<>(name, isPolicy, done);
    }

    @Override
    public AclChange<T> result(CommandResult result) {
        return read(result, false);
    }

    @Override
    public AclChange<T> wouldBe(CommandResult result) {
        return read(result, true);
    }

    private AclChange<T> read(CommandResult result, boolean dryRun) {
        if (result instanceof AclRefused refused) {
            return rejected(problem(refused));
        }
        if (result instanceof Refused) {
            return rejected(Problem.of(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "the Idempotency-Key belongs to another request of the last 10 minutes; take a new one. A token is"
                            + " shown once: what made it is not answered again"));
        }
        AclChange<T> change = done.of(result, dryRun);
        if (change == null) {
            throw new IllegalStateException("no change of tokens or policies comes to " + result);
        }
        return change;
    }

    private Problem problem(AclRefused refused) {
        return switch (refused.reason()) {
            case NOT_FOUND -> isPolicy ? AccessAdmin.policyNotFound(name) : AccessAdmin.notFound(name);
            case PRECONDITION_FAILED -> changed(name, refused.modifyIndex());
            case BUILT_IN ->
                Problem.of(
                        ErrorCode.POLICY_BUILT_IN,
                        "policy '" + name + "' is built in, and can be neither changed nor deleted");
        };
    }

    static Problem changed(String name, long modifyIndex) {
        String found = modifyIndex == 0 ? " is not there" : " was last changed at " + modifyIndex;
        return Problem.of(ErrorCode.PRECONDITION_FAILED, "'" + name + "'" + found + "; read it again, then decide anew")
                .with("modifyIndex", modifyIndex);
    }

    @Override
    public AclChange<T> rejected(Problem problem) {
        throw new RefusedException(problem);
    }
}
