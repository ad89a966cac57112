package io.rollcall.server.view;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Namespace;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** The configuration at one registry index, without its values. Immutable but for what it remembers of its indexes. */
public final class ConfigSnapshot {

    static final ConfigSnapshot EMPTY =
            new ConfigSnapshot(0, TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), new ConcurrentHashMap<>());

    // Readers can make up prefixes without end; past this their indexes are looked for each time.
    private static final int MAX_REMEMBERED = 64;

    private final long appliedIndex;
    private final TreePMap<Namespace, TreePMap<String, ConfigEntry>> namespaces;

    /** Newest versions that are deletions, by their indexes: the oldest is forgotten first. */
    private final TreePMap<Long, ConfigEntry> deletions;

    /** Below the index of no query of a namespace: it was that of a key which was forgotten. */
    private final TreePMap<Namespace, Long> floors;

    private final ConcurrentMap<ConfigScope, Long> prefixIndexes;

    private ConfigSnapshot(
            long appliedIndex,
            TreePMap<Namespace, TreePMap<String, ConfigEntry>> namespaces,
            TreePMap<Long, ConfigEntry> deletions,
            TreePMap<Namespace, Long> floors,
            ConcurrentMap<ConfigScope, Long> prefixIndexes) {
        this.appliedIndex = appliedIndex;
        this.namespaces = namespaces;
        this.deletions = deletions;
        this.floors = floors;
        this.prefixIndexes = prefixIndexes;
    }

    /** All of it anew. */
    static ConfigSnapshot of(long appliedIndex, List<ConfigEntry> all, Map<Namespace, Long> floors) {
        ConfigSnapshot loaded = EMPTY.at(appliedIndex);
        for (ConfigEntry entry : all) {
            loaded = loaded.with(entry);
        }
        return new ConfigSnapshot(
                appliedIndex, loaded.namespaces, loaded.deletions, TreePMap.from(floors), new ConcurrentHashMap<>());
    }

    /** The same at a later index: most entries of the log change no configuration, and what is remembered stays true. */
    ConfigSnapshot at(long newAppliedIndex) {
        return new ConfigSnapshot(newAppliedIndex, namespaces, deletions, floors, prefixIndexes);
    }

    /** The same with a newer version of a key. */
    ConfigSnapshot with(ConfigEntry entry) {
        TreePMap<String, ConfigEntry> entries = entries(entry.key().namespace());
        TreePMap<Long, ConfigEntry> gone =
                withoutDeletion(entries.get(entry.key().path()));
        return new ConfigSnapshot(
                appliedIndex,
                namespaces.plus(
                        entry.key().namespace(), entries.plus(entry.key().path(), entry)),
                entry.deleted() ? gone.plus(entry.modifyIndex(), entry) : gone,
                floors,
                new ConcurrentHashMap<>());
    }

    /** The same without a key that was deleted long ago; the index of no query falls. */
    ConfigSnapshot without(ConfigEntry forgotten) {
        Namespace namespace = forgotten.key().namespace();
        TreePMap<String, ConfigEntry> left =
                entries(namespace).minus(forgotten.key().path());
        long floor = Math.max(floor(namespace), forgotten.modifyIndex());
        return new ConfigSnapshot(
                appliedIndex,
                left.isEmpty() ? namespaces.minus(namespace) : namespaces.plus(namespace, left),
                withoutDeletion(forgotten),
                floors.plus(namespace, floor),
                new ConcurrentHashMap<>());
    }

    private TreePMap<Long, ConfigEntry> withoutDeletion(@Nullable ConfigEntry entry) {
        return entry == null || !entry.deleted() ? deletions : deletions.minus(entry.modifyIndex());
    }

    /**
     * Returns the lowest index that a query of a namespace has.
     *
     * @param namespace which
     * @return the index of the last change of the keys that are forgotten; 1 if there are none, so that one can wait for a key
     *     that does not exist yet
     */
    public long floor(Namespace namespace) {
        return floors.getOrDefault(namespace, 1L);
    }

    /**
     * Returns the deleted keys that are remembered, the longest deleted first.
     *
     * @param limit at most so many
     * @return their deletions
     */
    public List<ConfigEntry> oldestDeletions(int limit) {
        return deletions.values().stream().limit(limit).toList();
    }

    /**
     * Returns how many keys a namespace has, with those that are deleted and not forgotten yet.
     *
     * @param namespace which
     * @return 0 or more
     */
    public int keys(Namespace namespace) {
        return entries(namespace).size();
    }

    /**
     * Returns the registry index of the snapshot.
     *
     * @return 0 before the first command
     */
    public long appliedIndex() {
        return appliedIndex;
    }

    /**
     * Finds the newest version of a key.
     *
     * @param key which
     * @return null if it was never there; a deletion if it was deleted
     */
    public @Nullable ConfigEntry entry(ConfigKey key) {
        return entries(key.namespace()).get(key.path());
    }

    /**
     * Returns the keys that begin alike, in their order, without those that are deleted.
     *
     * @param namespace of the keys
     * @param prefix what their paths begin with; empty for all
     * @param after the path after which to begin; empty for the first
     * @return their newest versions
     */
    public Iterable<ConfigEntry> entries(Namespace namespace, String prefix, String after) {
        boolean isBehind = after.compareTo(prefix) >= 0 && !after.isEmpty();
        TreePMap<String, ConfigEntry> entries = entries(namespace);
        Iterable<ConfigEntry> from = isBehind
                ? entries.tailMap(after, false).values()
                : entries.tailMap(prefix, true).values();
        return () -> new Alike(from.iterator(), prefix, false);
    }

    /**
     * Returns the newest versions of the keys that begin alike, in the order of the keys, deletions included.
     *
     * @param namespace of the keys
     * @param prefix what their paths begin with; empty for all
     * @return what is known of each key that ever was
     */
    public Iterable<ConfigEntry> versions(Namespace namespace, String prefix) {
        TreePMap<String, ConfigEntry> from = entries(namespace).tailMap(prefix, true);
        return () -> new Alike(from.values().iterator(), prefix, true);
    }

    /**
     * Returns the version of a query: it moves only when one of its keys changes, appears or goes.
     *
     * @param scope its keys
     * @return 1 or more, so that one can wait for a key that does not exist yet
     */
    public long index(ConfigScope scope) {
        if (!scope.isPrefix()) {
            ConfigEntry entry = entries(scope.namespace()).get(scope.text());
            return entry == null ? floor(scope.namespace()) : entry.modifyIndex();
        }
        Long known = prefixIndexes.get(scope);
        if (known == null) {
            known = newestIndex(scope);
            if (prefixIndexes.size() < MAX_REMEMBERED) {
                prefixIndexes.put(scope, known);
            }
        }
        return known;
    }

    private long newestIndex(ConfigScope scope) {
        long newest = floor(scope.namespace());
        for (ConfigEntry entry : versions(scope.namespace(), scope.text())) {
            newest = Math.max(newest, entry.modifyIndex());
        }
        return newest;
    }

    private TreePMap<String, ConfigEntry> entries(Namespace namespace) {
        return namespaces.getOrDefault(namespace, TreePMap.empty());
    }

    /** Goes on while paths begin alike, passing over deletions unless they are wanted. */
    private static final class Alike implements Iterator<ConfigEntry> {

        private final Iterator<ConfigEntry> from;
        private final String prefix;
        private final boolean withDeletions;
        private @Nullable ConfigEntry next;

        private Alike(Iterator<ConfigEntry> from, String prefix, boolean withDeletions) {
            this.from = from;
            this.prefix = prefix;
            this.withDeletions = withDeletions;
            advance();
        }

        private void advance() {
            next = null;
            while (next == null && from.hasNext()) {
                ConfigEntry candidate = from.next();
                if (!candidate.key().path().startsWith(prefix)) {
                    return;
                }
                next = candidate.deleted() && !withDeletions ? null : candidate;
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public ConfigEntry next() {
            ConfigEntry present = next;
            if (present == null) {
                throw new NoSuchElementException("no more configuration");
            }
            advance();
            return present;
        }
    }
}
