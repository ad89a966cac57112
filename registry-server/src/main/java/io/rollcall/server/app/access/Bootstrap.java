package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.view.AclSnapshot;
import io.rollcall.server.view.AclView;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a cluster has its first token, with which all others are made: the one that the operator gave, or one that
 * the leader draws and leaves in a file of its own. It is made once, by create-if-none; whoever drew another one forgets it
 * again. Its secret goes nowhere but into that file.
 */
public final class Bootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    /** The level from which on a cluster may have tokens. */
    private static final int FEATURE_LEVEL = 4;

    /** Where a node keeps the token that it drew. */
    public interface Vault {

        /**
         * Looks for it.
         *
         * @return null if there is none
         * @throws IOException if it cannot be read
         */
        @Nullable
        Credential read() throws IOException;

        /**
         * Keeps it; durable when it returns, and readable by this process' user alone.
         *
         * @param credential to be kept
         * @throws IOException if it cannot be written
         */
        void write(Credential credential) throws IOException;

        /**
         * Forgets it.
         *
         * @throws IOException if it cannot be deleted
         */
        void delete() throws IOException;
    }

    private final @Nullable Credential given;
    private final Vault vault;
    private final AclView view;
    private final ClusterState cluster;
    private final IntSupplier featureLevel;
    private final CommandBus bus;
    private final SecureRandom random;

    private final AtomicBoolean underWay = new AtomicBoolean();
    private String settledWith = "";

    /**
     * The first token, as one node sees to it.
     *
     * @param given by the operator; null if the leader is to draw it
     * @param vault where this node keeps what it drew
     * @param view the tokens
     * @param cluster says who leads
     * @param featureLevel of the cluster
     * @param bus the way into the log
     * @param random draws the secret
     */
    public Bootstrap(
            @Nullable Credential given,
            Vault vault,
            AclView view,
            ClusterState cluster,
            IntSupplier featureLevel,
            CommandBus bus,
            SecureRandom random) {
        this.given = given;
        this.vault = vault;
        this.view = view;
        this.cluster = cluster;
        this.featureLevel = featureLevel;
        this.bus = bus;
        this.random = random;
    }

    /**
     * Tells whether the token is there, or is not to be yet.
     *
     * @return false while a cluster that may have tokens has none
     */
    public boolean isDone() {
        return featureLevel.getAsInt() < FEATURE_LEVEL || present() != null;
    }

    private AclSnapshot.@Nullable Entry present() {
        return view.current().tokens().get(AccessAdmin.BOOTSTRAP_ID);
    }

    /** Does what is to be done now; to be called now and then, by one thread that may wait for the disk. */
    public void tick() {
        try {
            AclSnapshot.Entry present = present();
            if (present != null) {
                settle(present.secretHash());
            } else if (leads() && featureLevel.getAsInt() >= FEATURE_LEVEL && underWay.compareAndSet(false, true)) {
                submit();
            }
        } catch (IOException e) {
            underWay.set(false);
            LOG.atError()
                    .setCause(e)
                    .log("the file of the bootstrap token cannot be used; there is no token until it can");
        } catch (RuntimeException e) {
            // Whoever calls tells of it. What never began must not be waited for: there would never be a token.
            underWay.set(false);
            throw e;
        }
    }

    private boolean leads() {
        return cluster.nodeId().equals(cluster.snapshot().leader());
    }

    /** What this node drew is kept if it became the cluster's, and forgotten if another one did, or if it was taken back. */
    private void settle(String secretHash) throws IOException {
        if (settledWith.equals(secretHash)) {
            return;
        }
        Credential own = vault.read();
        if (own != null && !own.secretHash().equals(secretHash)) {
            vault.delete();
            LOG.atInfo().log("deleted a file of a bootstrap token that is not, or no longer, the cluster's");
        } else if (given != null && !given.secretHash().equals(secretHash)) {
            LOG.atWarn().log("the cluster has a bootstrap token already; the one that was given is not it");
        }
        settledWith = secretHash;
    }

    private void submit() throws IOException {
        Credential credential = given == null ? drawn() : given;
        AclCommand.PutToken command = new AclCommand.PutToken(
                CommandHeader.of(UUID.randomUUID().toString()),
                AccessAdmin.BOOTSTRAP_ID,
                AccessAdmin.BOOTSTRAP_ID,
                "made at the founding of the cluster",
                List.of(AccessPolicy.GLOBAL_MANAGEMENT_NAME),
                0,
                credential.secretHash(),
                Precondition.ABSENT);
        var unused = bus.submit(command, DEADLINE).whenComplete((outcome, never) -> {
            underWay.set(false);
            if (!(outcome instanceof SubmitOutcome.Committed)) {
                LOG.atDebug().addKeyValue("outcome", outcome).log("the bootstrap token is not committed yet");
            }
        });
    }

    /** Kept before it is committed: whoever sees the token in the cluster finds its file. */
    private Credential drawn() throws IOException {
        Credential kept = vault.read();
        if (kept != null) {
            return kept;
        }
        Credential fresh = Credential.draw(AccessAdmin.BOOTSTRAP_ID, random);
        vault.write(fresh);
        return fresh;
    }
}
