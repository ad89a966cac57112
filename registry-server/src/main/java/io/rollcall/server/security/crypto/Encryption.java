package io.rollcall.server.security.crypto;

import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.ConfigStore;
import io.rollcall.server.app.KeyVault;
import io.rollcall.server.app.LeaderDuty;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.PeerAnswers;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.EncryptionSettings;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encryption at rest: what stands between a node and its log, so that everything secret is sealed on one side of it, and
 * open, in memory alone, on the other.
 */
public final class Encryption implements AutoCloseable {

    private final Keyring keyring;
    private final @Nullable Keyset founding;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "key-duty");
        daemon.setDaemon(true);
        return daemon;
    });

    private Encryption(Keyring keyring, @Nullable Keyset founding) {
        this.keyring = keyring;
        this.founding = founding;
    }

    /**
     * Reads the keys.
     *
     * @param settings where they are
     * @param folder the node's data folder; may not be there yet
     * @param faults ends the process where the cluster's keys cannot be opened, at once if it is known that they were sealed by a
     *     master key that is not here
     * @return without keys of the cluster yet
     * @throws ConfigurationException if the keys cannot be read or do not fit each other
     */
    public static Encryption of(EncryptionSettings settings, Path folder, FaultHandler faults) {
        MasterKeys masterKeys = MasterKeys.of(settings);
        Keyset founding =
                settings.keyset().map(file -> KeysetFile.read(file, masterKeys)).orElse(null);
        return new Encryption(new Keyring(masterKeys, new SealMark(folder), faults), founding);
    }

    /**
     * Opens what was applied on its way to those who keep it in memory.
     *
     * @param next those
     * @return to be told of what was applied
     */
    public ChangeSink opening(ChangeSink next) {
        return new OpeningSink(keyring, next);
    }

    /**
     * Seals commands on their way to the log.
     *
     * @param bus the way
     * @return the way for all who have secrets
     */
    public CommandBus sealing(CommandBus bus) {
        return new SealingBus(bus, keyring, founding != null);
    }

    /**
     * Opens values of configuration as they are read.
     *
     * @param store has them sealed
     * @return has them open
     */
    public ConfigStore opening(ConfigStore store) {
        return new OpeningStore(store, keyring);
    }

    /**
     * Opens the past as it is read.
     *
     * @param past as it is stored
     * @return as readers see it
     */
    public PastReader opening(PastReader past) {
        return new PastReader() {
            @Override
            public <R> R read(Function<Past, R> reads) {
                return past.read(now -> reads.apply(now.opened(keyring::open)));
            }
        };
    }

    /**
     * Answers what other members ask about master keys.
     *
     * @param others answers everything else
     * @return all answers
     */
    public PeerAnswers answering(PeerAnswers others) {
        return new KeyAnswers(keyring.masterKeys(), others);
    }

    /**
     * Keeps the keys while this member leads.
     *
     * @param log this member's
     * @param past this member's, as it is stored
     * @param view what is there
     * @param cluster its members
     * @param peers the way to them
     * @return the duty
     */
    public LeaderDuty duty(LeaderLog log, PastReader past, CatalogView view, ClusterState cluster, PeerDesk peers) {
        return new KeyDuty(
                keyring,
                founding,
                log,
                past,
                view,
                new MasterKeyPoll(keyring.masterKeys(), cluster, peers),
                System::nanoTime,
                InstantSource.system(),
                thread);
    }

    /**
     * Says how the keys stand, and makes new ones.
     *
     * @param cluster the members
     * @param peers the way to them
     * @return for any thread
     */
    public KeyVault vault(ClusterState cluster, PeerDesk peers) {
        return new RingVault(keyring, founding != null, new MasterKeyPoll(keyring.masterKeys(), cluster, peers));
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
