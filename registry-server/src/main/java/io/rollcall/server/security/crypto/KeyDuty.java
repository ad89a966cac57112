package io.rollcall.server.security.crypto;

import com.google.crypto.tink.Aead;
import io.rollcall.server.app.LeaderDuty;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.KeyCommand;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastUnavailableException;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.KeysetRecord.Phase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the cluster take over its first keys, and after a change of keys has all that is there sealed by the new one, part by
 * part; at last it lets the keys go that nothing needs any more. What was done is in the state, so another leader goes on,
 * looking once more over what is done already.
 */
final class KeyDuty implements LeaderDuty {

    /** From one look to the next. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A command of the leader's own is through by then, or its term is over. */
    private static final Duration APPEND_MAX = Duration.ofSeconds(10);

    /** Complaints are not repeated sooner. */
    private static final Duration COMPLAINT_INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(KeyDuty.class);

    private final Keyring keyring;
    private final @Nullable Keyset founding;
    private final LeaderLog log;
    private final PastReader past;
    private final CatalogView view;
    private final MasterKeyPoll poll;
    private final LongSupplier monotonicNanos;
    private final InstantSource wallClock;
    private final Executor executor;
    // The term whose work is under way, 0 for none.
    private volatile long termUnderWay;
    private long lookedAtNanos;
    private long complainedAtNanos;

    /**
     * A duty.
     *
     * @param founding the keys that the cluster takes over if it has none; null: it is left as it is
     * @param executor one thread, which may block
     */
    KeyDuty(
            Keyring keyring,
            @Nullable Keyset founding,
            LeaderLog log,
            PastReader past,
            CatalogView view,
            MasterKeyPoll poll,
            LongSupplier monotonicNanos,
            InstantSource wallClock,
            Executor executor) {
        this.keyring = keyring;
        this.founding = founding;
        this.log = log;
        this.past = past;
        this.view = view;
        this.poll = poll;
        this.monotonicNanos = monotonicNanos;
        this.wallClock = wallClock;
        this.executor = executor;
        this.lookedAtNanos = monotonicNanos.getAsLong();
        this.complainedAtNanos = lookedAtNanos - COMPLAINT_INTERVAL.toNanos();
    }

    @Override
    public void sweep(long term) {
        long now = monotonicNanos.getAsLong();
        if (termUnderWay == term || now - lookedAtNanos < INTERVAL.toNanos() || !isAnythingToDo()) {
            return;
        }
        lookedAtNanos = now;
        termUnderWay = term;
        executor.execute(() -> work(term));
    }

    private boolean isAnythingToDo() {
        KeysetRecord record = keyring.record();
        return record == null ? founding != null : record.phase() != Phase.SETTLED;
    }

    private void work(long term) {
        try {
            KeysetRecord record = keyring.record();
            if (record == null) {
                found();
            } else if (record.phase() == Phase.RESEALING) {
                reseal(term, record.version());
            } else if (record.phase() == Phase.WAITING) {
                settle(term, record);
            }
        } catch (PastUnavailableException | CompletionException e) {
            // The term is over, or a snapshot is being installed: whoever leads then goes on.
            LOG.atDebug().setCause(e).log("the keys are left as they are for now");
        } catch (RuntimeException e) {
            complain("secrets could not be sealed by the new key, and are tried again", e);
        } finally {
            if (termUnderWay == term) {
                termUnderWay = 0;
            }
        }
    }

    private void complain(String what, @Nullable Throwable cause) {
        long now = monotonicNanos.getAsLong();
        if (now - complainedAtNanos >= COMPLAINT_INTERVAL.toNanos()) {
            complainedAtNanos = now;
            LOG.atWarn().setCause(cause).log(what);
        }
    }

    private void found() {
        CatalogSnapshot now = view.current();
        Keyset first = founding;
        String masterKeyId = keyring.masterKeys().first();
        Aead masterKey = keyring.masterKeys().find(masterKeyId);
        if (first == null || masterKey == null || now.cluster().clusterId().isEmpty()) {
            return;
        }
        KeyCommand.PutKeyset command = put(0, first, masterKeyId, masterKey);
        if (now.cluster().featureLevel() < CommandCodec.featureLevel(command)) {
            return;
        }
        List<String> without = poll.membersWithout(masterKeyId).join();
        if (!without.isEmpty()) {
            complain(
                    "secrets are not taken yet: " + String.join(", ", without) + " has not master key " + masterKeyId
                            + ", or does not answer",
                    null);
            return;
        }
        append(command);
        LOG.atInfo().addKeyValue("primaryKey", first.primaryId()).log("the cluster has keys, and seals its secrets");
    }

    private static KeyCommand.PutKeyset put(long after, Keyset keyset, String masterKeyId, Aead masterKey) {
        return new KeyCommand.PutKeyset(
                header(), after, keyset.wrap(masterKey), masterKeyId, keyset.primaryId(), keyset.ids());
    }

    private static CommandHeader header() {
        return CommandHeader.of(UUID.randomUUID().toString());
    }

    private void reseal(long term, long version) {
        Cursor cursor = Cursor.START;
        long done = 0;
        while (cursor.stage() != Cursor.Stage.END) {
            Cursor from = cursor;
            Look look = past.read(now -> new Look(keyring, now.moment(), from));
            if (look.keyset() != version) {
                return;
            }
            if (look.isClean()) {
                done += look.read();
                cursor = look.next();
            } else {
                // What changed meanwhile is as it was: the same is looked at until there is nothing to do.
                append(reseal(term, look, done + look.read(), false));
            }
        }
        append(new KeyCommand.Reseal(header(), term, version, List.of(), List.of(), List.of(), done, done, true));
        LOG.atInfo().addKeyValue("records", done).log("all secrets are sealed by the primary key");
    }

    private Command reseal(long term, Look look, long done, boolean complete) {
        return new KeyCommand.Reseal(
                header(),
                term,
                look.keyset(),
                look.instances(),
                look.values(),
                look.events(),
                done,
                Math.max(done, total()),
                complete);
    }

    private long total() {
        long instances = view.current().services().values().stream()
                .mapToLong(ServiceState::size)
                .sum();
        return past.read(now -> instances
                + now.moment().configVersions()
                + now.moment().history().events());
    }

    private void settle(long term, KeysetRecord record) {
        boolean isNeeded = past.read(now -> now.moment().hasRequestsUntil(record.cleanAtMillis()));
        if (isNeeded) {
            long forgottenAt = record.cleanAtMillis() + CommandApplier.REQUEST_MEMORY.toMillis() + 1;
            if (wallClock.millis() > forgottenAt) {
                // Requests are forgotten as entries are applied, and an idle cluster has none.
                append(new KeyCommand.Reseal(
                        header(), term, record.version(), List.of(), List.of(), List.of(), 0, 0, false));
            }
            return;
        }
        Keyset current = keyring.current();
        Aead masterKey = keyring.masterKeys().find(record.masterKeyId());
        if (current != null && masterKey != null) {
            append(put(record.version(), current.withoutOthers(), record.masterKeyId(), masterKey));
            LOG.atInfo().addKeyValue("primaryKey", current.primaryId()).log("nothing needs an earlier key any more");
        }
    }

    private CommandResult append(Command command) {
        return log.append(command)
                .orTimeout(APPEND_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
