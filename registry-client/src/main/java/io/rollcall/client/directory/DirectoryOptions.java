package io.rollcall.client.directory;

import io.rollcall.client.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a directory learns, and what it believes.
 *
 * @param selection which instances; others count as absent
 * @param subscriber the name that the registry shows for this consumer; null for its address
 * @param syncInterval how often the registry says that there is nothing new ({@code watch.sync-interval} there). Too
 *     small: good streams are thrown away. Too large: a dead one is noticed late
 * @param firstCallTimeout how long the first call for a service waits for the registry. Too small: an empty first answer
 *     after a cold start. Too large: calls hang while the registry is away and nothing is on disk
 * @param diskGrace how long the first call for a service waits although it is on disk. Too small: old data although the
 *     registry would have answered. Too large: slow starts while the registry is away
 * @param emptyListPolicy what to do when the registry says, without proof, that there are no instances any more
 * @param maxStaleness the age from which on a view is stale; null for none. Too small: an outage of the registry becomes
 *     one of its consumers. Too large: addresses that others have by now are called
 * @param staleAction what becomes of a stale view
 * @param reconcileInterval how often each service is read beside its stream, up to a fifth more or less by chance, and never
 *     less often than {@code maxStaleness}. Too small: load. Too large: a node that streams what is old is followed for long
 * @param pollInterval how often each service is read while streams do not come through. Too small: load. Too large: late
 *     news
 * @param streamRetryInterval how long streams that do not come through are left alone, at first; ten times that at most. Too
 *     small: useless attempts. Too large: slow news for longer than needed
 * @param cacheFolder where what is known is kept for the next start; one folder for each registry, also shared by processes;
 *     null for nowhere
 * @param cacheRefresh how often a file is written anew to say that nothing changed. Too small: writes. Too large: after a
 *     crash what is known seems older than it is
 * @param maxServices how many services are followed at most. Too small: a consumer of many cannot ask for all. Too large: one
 *     that asks for names out of requests fills the memory
 */
public record DirectoryOptions(
        Selection selection,
        @Nullable String subscriber,
        Duration syncInterval,
        Duration firstCallTimeout,
        Duration diskGrace,
        EmptyListPolicy emptyListPolicy,
        @Nullable Duration maxStaleness,
        StaleAction staleAction,
        Duration reconcileInterval,
        Duration pollInterval,
        Duration streamRetryInterval,
        @Nullable Path cacheFolder,
        Duration cacheRefresh,
        int maxServices) {

    private static final DirectoryOptions DEFAULT = new DirectoryOptions(
            Selection.healthy(),
            null,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            EmptyListPolicy.keepFor(Duration.ofSeconds(60)),
            Duration.ofHours(24),
            StaleAction.MARK,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            null,
            Duration.ofMinutes(5),
            1_000);

    /** Checks them. */
    public DirectoryOptions {
        positive("syncInterval", syncInterval);
        notNegative("firstCallTimeout", firstCallTimeout);
        notNegative("diskGrace", diskGrace);
        if (maxStaleness != null) {
            positive("maxStaleness", maxStaleness);
        }
        positive("reconcileInterval", reconcileInterval);
        positive("pollInterval", pollInterval);
        positive("streamRetryInterval", streamRetryInterval);
        positive("cacheRefresh", cacheRefresh);
        if (maxServices < 1) {
            throw new IllegalArgumentException("maxServices must be 1 or more, is " + maxServices);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be above zero, is " + value);
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must be 0 or more, is " + value);
        }
    }

    /**
     * Returns the defaults: healthy instances, nothing on disk.
     *
     * @return the options
     */
    public static DirectoryOptions defaults() {
        return DEFAULT;
    }

    /**
     * Sets which instances are known.
     *
     * @param value the selection
     * @return a copy
     */
    public DirectoryOptions withSelection(Selection value) {
        return with(draft -> draft.selection = value);
    }

    /**
     * Sets the name that the registry shows.
     *
     * @param value null for the address
     * @return a copy
     */
    public DirectoryOptions withSubscriber(@Nullable String value) {
        return with(draft -> draft.subscriber = value);
    }

    /**
     * Sets how often the registry says that there is nothing new.
     *
     * @param value as it is set there
     * @return a copy
     */
    public DirectoryOptions withSyncInterval(Duration value) {
        return with(draft -> draft.syncInterval = value);
    }

    /**
     * Sets how long the first call for a service waits.
     *
     * @param value 0 or more
     * @return a copy
     */
    public DirectoryOptions withFirstCallTimeout(Duration value) {
        return with(draft -> draft.firstCallTimeout = value);
    }

    /**
     * Sets how long the first call for a service that is on disk waits.
     *
     * @param value 0 or more
     * @return a copy
     */
    public DirectoryOptions withDiskGrace(Duration value) {
        return with(draft -> draft.diskGrace = value);
    }

    /**
     * Sets what to do with an empty list without proof.
     *
     * @param value the policy
     * @return a copy
     */
    public DirectoryOptions withEmptyListPolicy(EmptyListPolicy value) {
        return with(draft -> draft.emptyListPolicy = value);
    }

    /**
     * Sets the age from which on a view is stale.
     *
     * @param value null for none
     * @return a copy
     */
    public DirectoryOptions withMaxStaleness(@Nullable Duration value) {
        return with(draft -> draft.maxStaleness = value);
    }

    /**
     * Sets what becomes of a stale view.
     *
     * @param value the action
     * @return a copy
     */
    public DirectoryOptions withStaleAction(StaleAction value) {
        return with(draft -> draft.staleAction = value);
    }

    /**
     * Sets how often each service is read beside its stream.
     *
     * @param value above 0
     * @return a copy
     */
    public DirectoryOptions withReconcileInterval(Duration value) {
        return with(draft -> draft.reconcileInterval = value);
    }

    /**
     * Sets how often each service is read while streams do not come through.
     *
     * @param value above 0
     * @return a copy
     */
    public DirectoryOptions withPollInterval(Duration value) {
        return with(draft -> draft.pollInterval = value);
    }

    /**
     * Sets how long streams that do not come through are left alone.
     *
     * @param value above 0
     * @return a copy
     */
    public DirectoryOptions withStreamRetryInterval(Duration value) {
        return with(draft -> draft.streamRetryInterval = value);
    }

    /**
     * Sets where what is known is kept for the next start.
     *
     * @param value a folder, which need not exist; null for nowhere
     * @return a copy
     */
    public DirectoryOptions withCacheFolder(@Nullable Path value) {
        return with(draft -> draft.cacheFolder = value);
    }

    /**
     * Sets how often a file is written anew to say that nothing changed.
     *
     * @param value above 0
     * @return a copy
     */
    public DirectoryOptions withCacheRefresh(Duration value) {
        return with(draft -> draft.cacheRefresh = value);
    }

    /**
     * Sets how many services are followed at most.
     *
     * @param value 1 or more
     * @return a copy
     */
    public DirectoryOptions withMaxServices(int value) {
        return with(draft -> draft.maxServices = value);
    }

    /** How often a service is read beside its stream: what is older than the limit has to be found. */
    Duration effectiveReconcileInterval() {
        return maxStaleness != null && maxStaleness.compareTo(reconcileInterval) < 0 ? maxStaleness : reconcileInterval;
    }

    private DirectoryOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The settings while one of them is changed. */
    private static final class Draft {
        private Selection selection;
        private @Nullable String subscriber;
        private Duration syncInterval;
        private Duration firstCallTimeout;
        private Duration diskGrace;
        private EmptyListPolicy emptyListPolicy;
        private @Nullable Duration maxStaleness;
        private StaleAction staleAction;
        private Duration reconcileInterval;
        private Duration pollInterval;
        private Duration streamRetryInterval;
        private @Nullable Path cacheFolder;
        private Duration cacheRefresh;
        private int maxServices;

        Draft(DirectoryOptions options) {
            selection = options.selection;
            subscriber = options.subscriber;
            syncInterval = options.syncInterval;
            firstCallTimeout = options.firstCallTimeout;
            diskGrace = options.diskGrace;
            emptyListPolicy = options.emptyListPolicy;
            maxStaleness = options.maxStaleness;
            staleAction = options.staleAction;
            reconcileInterval = options.reconcileInterval;
            pollInterval = options.pollInterval;
            streamRetryInterval = options.streamRetryInterval;
            cacheFolder = options.cacheFolder;
            cacheRefresh = options.cacheRefresh;
            maxServices = options.maxServices;
        }

        DirectoryOptions options() {
            return new DirectoryOptions(
                    selection,
                    subscriber,
                    syncInterval,
                    firstCallTimeout,
                    diskGrace,
                    emptyListPolicy,
                    maxStaleness,
                    staleAction,
                    reconcileInterval,
                    pollInterval,
                    streamRetryInterval,
                    cacheFolder,
                    cacheRefresh,
                    maxServices);
        }
    }
}
