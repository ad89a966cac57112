package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.Refused;
import io.rollcall.statemachine.command.KeyCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an operator asks of the keys that secrets are sealed with, through any node. Thread-safe; no method blocks. */
public final class KeyControl {

    private static final String REQUEST = "rotate keys";

    private final Writes writes;
    private final KeyVault vault;

    /**
     * The keys as a node knows them.
     *
     * @param writes the way of all writes
     * @param vault has them
     */
    public KeyControl(Writes writes, KeyVault vault) {
        this.writes = writes;
        this.vault = vault;
    }

    /**
     * Tells how the keys stand, as this node has applied them.
     *
     * @return their ids, never what they are
     */
    public Lookup look() {
        return new Lookup(json(vault.status()), null);
    }

    /**
     * Has a new key seal from now on, and all that is there sealed by it, by and by.
     *
     * @param context request id and circumstances
     * @return how the keys stand then; never fails
     */
    public CompletableFuture<Lookup> rotate(RequestContext context) {
        KeyVault.Change change = vault.newKey();
        if (change == null) {
            return CompletableFuture.completedFuture(new Lookup(
                    null,
                    Problem.of(
                            ErrorCode.PRECONDITION_FAILED,
                            "nothing is sealed in this cluster; start its nodes with --encryption-keyset first")));
        }
        if (!change.isNewMasterKey()) {
            return put(change, context);
        }
        return vault.membersWithout(change.masterKeyId())
                .thenCompose(without -> without.isEmpty()
                        ? put(change, context)
                        : CompletableFuture.completedFuture(new Lookup(null, unknownMasterKey(change, without))));
    }

    private static Problem unknownMasterKey(KeyVault.Change change, List<String> without) {
        return Problem.of(
                ErrorCode.PRECONDITION_FAILED,
                "master key " + change.masterKeyId() + " comes first at this node, and " + String.join(", ", without)
                        + " has it not, or did not answer: a member without it could not go on; nothing was done");
    }

    private CompletableFuture<Lookup> put(KeyVault.Change change, RequestContext context) {
        return writes.writeChosen(
                context,
                REQUEST,
                header -> new KeyCommand.PutKeyset(
                        header,
                        change.after(),
                        change.wrapped(),
                        change.masterKeyId(),
                        change.primaryKeyId(),
                        change.keyIds()),
                new Outcomes());
    }

    private static byte[] json(KeyVault.@Nullable Status status) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("sealed", status != null);
            if (status != null) {
                json.writeNumberField("version", status.version());
                json.writeNumberField("primaryKey", status.primaryKeyId());
                json.writeArrayFieldStart("keys");
                for (long id : status.keyIds()) {
                    json.writeNumber(id);
                }
                json.writeEndArray();
                json.writeStringField("masterKey", status.masterKeyId());
                json.writeStringField("changedAt", InstanceJson.time(status.changedAt()));
                json.writeStringField("phase", status.phase());
                json.writeNumberField("done", status.done());
                json.writeNumberField("total", status.total());
            }
            json.writeEndObject();
        });
    }

    /** What a change of the keys comes to. */
    private final class Outcomes implements Writes.Reading<Lookup> {

        @Override
        public Lookup result(CommandResult result) {
            if (result instanceof Acknowledged) {
                return look();
            }
            if (result instanceof Refused refused) {
                return rejected(
                        refused.reason() == Refused.Reason.PRECONDITION_FAILED
                                ? Problem.of(
                                        ErrorCode.PRECONDITION_FAILED,
                                        "the keys were changed by somebody else meanwhile; look, then decide anew")
                                : Refusals.of(refused, null, null));
            }
            throw new IllegalStateException("no change of keys comes to " + result);
        }

        @Override
        public Lookup wouldBe(CommandResult result) {
            return result(result);
        }

        @Override
        public Lookup rejected(Problem problem) {
            return new Lookup(null, problem);
        }
    }
}
