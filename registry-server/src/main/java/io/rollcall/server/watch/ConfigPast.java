package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.view.ConfigSnapshot;
import io.rollcall.server.view.ConfigView;
import io.rollcall.server.watch.ConfigFound.Beginning;
import io.rollcall.server.watch.ConfigFound.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes of configuration that are not in the hub's memory any more: each change of a key is a version of it, of
 * which the newest are kept. It walks over all keys that are followed and may read from disk, so it is not for the hub's
 * thread.
 */
public final class ConfigPast {

    /** Changes that one look finds; whoever needs more looks again behind them. */
    static final int PAGE_CHANGES_MAX = 8_192;

    /** Versions that one look reads from the store; a reader who is further behind begins anew. */
    static final int VERSIONS_MAX = 250_000;

    private final ConfigView view;
    private final ConfigVersions store;
    private final int pageChangesMax;

    /**
     * The past of a node's configuration.
     *
     * @param view the newest version of each key
     * @param store the earlier ones
     */
    public ConfigPast(ConfigView view, ConfigVersions store) {
        this(view, store, PAGE_CHANGES_MAX);
    }

    ConfigPast(ConfigView view, ConfigVersions store, int pageChangesMax) {
        this.view = view;
        this.store = store;
        this.pageChangesMax = pageChangesMax;
    }

    /** All there is now. */
    Beginning beginning(ConfigScope scope) {
        ConfigSnapshot snapshot = view.current();
        return new Beginning(snapshot, snapshot.index(scope));
    }

    /** The oldest changes behind an index, or all there is now if versions since are not kept any more. */
    ConfigFound changes(ConfigScope scope, long after) {
        Page page = new Look(scope, after).page(view.current());
        return page == null ? beginning(scope) : page;
    }

    /** One look. */
    private final class Look {
        private final ConfigScope scope;
        private final long after;
        // The newest of them first: it has to go when an older one comes and there are enough.
        private final PriorityQueue<ConfigEntry> oldest = new PriorityQueue<>(
                Comparator.comparingLong(ConfigEntry::modifyIndex).reversed());
        private long told = 1;
        private long until;
        private int read;

        Look(ConfigScope scope, long after) {
            this.scope = scope;
            this.after = after;
        }

        @Nullable
        Page page(ConfigSnapshot snapshot) {
            until = Math.max(after, snapshot.appliedIndex());
            for (ConfigEntry newest : snapshot.versions(scope.namespace(), scope.text())) {
                if (!takeBack(newest)) {
                    return null;
                }
            }
            if (snapshot.floor(scope.namespace()) > told) {
                // Keys were forgotten since: what the reader was told last may have been of one of them.
                return null;
            }
            List<ConfigEntry> changes = new ArrayList<>(oldest);
            changes.sort(Comparator.comparingLong(ConfigEntry::modifyIndex));
            return new Page(after, told, changes, until);
        }

        /** Takes the versions of a key back to the index; false if they are not all to be had. */
        private boolean takeBack(ConfigEntry newest) {
            ConfigEntry version = newest;
            while (version.modifyIndex() > after) {
                take(version);
                if (version.version() == 1) {
                    return true;
                }
                ConfigEntry before = read++ < VERSIONS_MAX ? store.version(version.key(), version.version() - 1) : null;
                // The store may be ahead: there the key may have been forgotten, and be another one by now.
                if (before == null || before.modifyIndex() > version.modifyIndex()) {
                    return false;
                }
                version = before;
            }
            told = Math.max(told, version.modifyIndex());
            return true;
        }

        private void take(ConfigEntry change) {
            if (change.modifyIndex() > until) {
                return;
            }
            oldest.add(change);
            if (oldest.size() > pageChangesMax) {
                oldest.remove();
                until = oldest.element().modifyIndex();
            }
        }
    }
}
