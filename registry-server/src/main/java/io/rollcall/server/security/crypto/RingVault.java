package io.rollcall.server.security.crypto;

import com.google.crypto.tink.Aead;
import io.rollcall.server.app.KeyVault;
import io.rollcall.statemachine.state.KeysetRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a node tells of its keyring. Thread-safe. */
final class RingVault implements KeyVault {

    private final Keyring keyring;
    private final boolean required;
    private final MasterKeyPoll poll;

    /**
     * A vault.
     *
     * @param required whether this node was told to seal
     */
    RingVault(Keyring keyring, boolean required, MasterKeyPoll poll) {
        this.keyring = keyring;
        this.required = required;
        this.poll = poll;
    }

    @Override
    public boolean isAwaitingKeys() {
        return required && keyring.record() == null;
    }

    @Override
    public @Nullable Status status() {
        KeysetRecord record = keyring.record();
        return record == null
                ? null
                : new Status(
                        record.version(),
                        record.primaryKeyId(),
                        record.keyIds(),
                        record.masterKeyId(),
                        Instant.ofEpochMilli(record.putAtMillis()),
                        record.phase().name().toLowerCase(Locale.ROOT),
                        record.done(),
                        record.total());
    }

    @Override
    public @Nullable Change newKey() {
        KeysetRecord record = keyring.record();
        Keyset current = keyring.current();
        if (record == null || current == null) {
            return null;
        }
        String masterKeyId = keyring.masterKeys().first();
        Aead masterKey = keyring.masterKeys().find(masterKeyId);
        if (masterKey == null) {
            throw new IllegalStateException("the keys were opened without a master key");
        }
        Keyset next = current.rotated();
        return new Change(
                record.version(),
                next.wrap(masterKey),
                masterKeyId,
                !masterKeyId.equals(record.masterKeyId()),
                next.primaryId(),
                next.ids());
    }

    @Override
    public CompletableFuture<List<String>> membersWithout(String masterKeyId) {
        return poll.membersWithout(masterKeyId);
    }
}
