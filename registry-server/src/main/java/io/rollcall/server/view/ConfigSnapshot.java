package io.rollcall.server.view;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Namespace;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** The configuration at one registry index, without its values. Immutable but for what it remembers of its indexes. */
public final class ConfigSnapshot {

    static final ConfigSnapshot EMPTY = new ConfigSnapshot(0, TreePMap.empty(), new ConcurrentHashMap<>());

    // Readers can make up prefixes without end; past this their indexes are looked for each time.
    private static final int MAX_REMEMBERED = 64;

    private final long appliedIndex;
    private final TreePMap<Namespace, TreePMap<String, ConfigEntry>> namespaces;
    private final ConcurrentMap<ConfigScope, Long> prefixIndexes;

    private ConfigSnapshot(
            long appliedIndex,
            TreePMap<Namespace, TreePMap<String, ConfigEntry>> namespaces,
            ConcurrentMap<ConfigScope, Long> prefixIndexes) {
        this.appliedIndex = appliedIndex;
        this.namespaces = namespaces;
        this.prefixIndexes = prefixIndexes;
    }

    /** The same with newer versions of some keys. */
    ConfigSnapshot with(long newAppliedIndex, List<ConfigEntry> changed) {
        if (changed.isEmpty()) {
            // Most entries of the log change no configuration, and what is remembered stays true.
            return new ConfigSnapshot(newAppliedIndex, namespaces, prefixIndexes);
        }
        TreePMap<Namespace, TreePMap<String, ConfigEntry>> all = namespaces;
        for (ConfigEntry entry : changed) {
            Namespace namespace = entry.key().namespace();
            TreePMap<String, ConfigEntry> entries = all.getOrDefault(namespace, TreePMap.empty());
            all = all.plus(namespace, entries.plus(entry.key().path(), entry));
        }
        return new ConfigSnapshot(newAppliedIndex, all, new ConcurrentHashMap<>());
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
            return entry == null ? 1 : entry.modifyIndex();
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
        long newest = 1;
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
