package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.wire.ConfigJson;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Permission;
import io.rollcall.server.app.access.Sight;
import io.rollcall.server.app.access.Vigil;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.view.ConfigSnapshot;
import io.rollcall.server.view.ConfigView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the configuration, answered from this node's memory, and values from its disk. How current that is,
 * and whether the node may answer at all, is {@link ReadConsistency}'s to say first. Thread-safe.
 */
public final class ConfigCatalog {

    // A value that the view names is in the store, unless the store is ahead by more versions than are kept.
    private static final int ATTEMPTS = 3;

    private final ConfigView view;
    private final CatalogView cluster;
    private final ConfigStore store;
    private final Gatekeeper gatekeeper;
    private final Vigil vigil;

    /**
     * The configuration of a node, for readers.
     *
     * @param view what is known of it
     * @param cluster whose configuration it is
     * @param store its versions and their values
     * @param gatekeeper says who may see secrets
     * @param vigil ends waits that last longer than somebody may have them
     */
    public ConfigCatalog(ConfigView view, CatalogView cluster, ConfigStore store, Gatekeeper gatekeeper, Vigil vigil) {
        this.view = view;
        this.cluster = cluster;
        this.store = store;
        this.gatekeeper = gatekeeper;
        this.vigil = vigil;
    }

    /**
     * What was found of a key.
     *
     * @param answer null if there is a problem
     * @param entry the version that is answered; null of more than one and of a problem
     * @param problem why there is no answer; null if there is one
     * @param index the query's version
     * @param applied the registry index of which that is true
     */
    public record Found(
            @Nullable Answer answer,
            @Nullable ConfigEntry entry,
            @Nullable Problem problem,
            long index,
            long applied) {}

    /**
     * Reads the newest value of a key.
     *
     * @param key which
     * @param reveal whether a secret is asked for
     * @param caller who asks; whether he may see secrets is looked at here
     * @return the value as it was given
     */
    public Found value(ConfigKey key, boolean reveal, Caller caller) {
        return whileReadable(ConfigScope.of(key), () -> newest(key, reveal, caller));
    }

    private Found newest(ConfigKey key, boolean reveal, Caller caller) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            ConfigSnapshot snapshot = view.current();
            ConfigEntry entry = snapshot.entry(key);
            if (entry == null || entry.deleted()) {
                return problem(snapshot, key, Refusals.configNotFound(key));
            }
            Problem hidden = secrecy(entry, reveal, caller);
            if (hidden != null) {
                return problem(snapshot, key, hidden);
            }
            ConfigValue value = store.value(key, entry.version());
            if (value != null) {
                return found(snapshot, entry, value);
            }
        }
        throw new ConfigStore.BeingReplacedException();
    }

    /**
     * Reads the value of one version of a key, which may be deleted by now.
     *
     * @param key which key
     * @param version which of its versions
     * @param reveal whether a secret is asked for
     * @param caller who asks; whether he may see secrets is looked at here
     * @return the value as it was given
     */
    public Found version(ConfigKey key, long version, boolean reveal, Caller caller) {
        return whileReadable(ConfigScope.of(key), () -> earlier(key, version, reveal, caller));
    }

    private Found earlier(ConfigKey key, long version, boolean reveal, Caller caller) {
        ConfigSnapshot snapshot = view.current();
        ConfigEntry newest = snapshot.entry(key);
        if (newest == null) {
            return problem(snapshot, key, Refusals.configNotFound(key));
        }
        ConfigEntry entry = store.version(key, version);
        ConfigValue value = store.value(key, version);
        if (entry == null || value == null) {
            return problem(snapshot, key, Refusals.versionNotFound(key));
        }
        Problem hidden = secrecy(entry, reveal, caller);
        return hidden != null ? problem(snapshot, key, hidden) : found(snapshot, entry, value);
    }

    private static Found found(ConfigSnapshot snapshot, ConfigEntry entry, ConfigValue value) {
        long index = entry.modifyIndex();
        Answer answer = new Answer(value.bytes(), index, "\"" + index + "\"", snapshot.appliedIndex());
        return new Found(answer, entry, null, index, snapshot.appliedIndex());
    }

    private Found whileReadable(ConfigScope scope, Supplier<Found> question) {
        try {
            return question.get();
        } catch (ConfigStore.BeingReplacedException e) {
            return problem(
                    view.current(),
                    scope,
                    Refusals.retryable(
                            ErrorCode.NOT_READY,
                            "a snapshot of the leader is replacing the values of this node; ask another node"));
        }
    }

    private static Found problem(ConfigSnapshot snapshot, ConfigKey key, Problem problem) {
        return problem(snapshot, ConfigScope.of(key), problem);
    }

    private static Found problem(ConfigSnapshot snapshot, ConfigScope scope, Problem problem) {
        return new Found(null, null, problem, snapshot.index(scope), snapshot.appliedIndex());
    }

    /** Why a value is not shown; null if it is. */
    private @Nullable Problem secrecy(ConfigEntry entry, boolean reveal, Caller caller) {
        if (!entry.secret()) {
            return null;
        }
        return reveal
                ? gatekeeper.refusal(caller, Permission.secret(entry.key()))
                : Problem.of(
                        ErrorCode.PERMISSION_DENIED,
                        "the value of '" + entry.key()
                                + "' is secret; reveal=true shows it to whoever may see secrets");
    }

    /**
     * Lists the versions of a key that are kept, deletions included.
     *
     * @param key which
     * @return newest first, without their values
     */
    public Found history(ConfigKey key) {
        return whileReadable(ConfigScope.of(key), () -> versions(key));
    }

    private Found versions(ConfigKey key) {
        ConfigSnapshot snapshot = view.current();
        ConfigEntry newest = snapshot.entry(key);
        if (newest == null) {
            return problem(snapshot, key, Refusals.configNotFound(key));
        }
        List<ConfigEntry> versions = store.versions(key, newest.version());
        byte[] body = JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("namespace", key.namespace().value());
            json.writeStringField("key", key.path());
            json.writeNumberField("index", newest.modifyIndex());
            json.writeArrayFieldStart("versions");
            for (ConfigEntry version : versions) {
                ConfigJson.write(json, version);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return several(snapshot, body, newest.modifyIndex(), "history " + key);
    }

    /**
     * Lists the keys that begin alike.
     *
     * @param query which, and which page
     * @param caller who asks; keys that he may not read are left out, secrets that he may not see have no value
     * @return sorted by key
     */
    public Found list(ConfigQuery query, Caller caller) {
        return whileReadable(query.scope(), () -> page(query, caller));
    }

    private Found page(ConfigQuery query, Caller caller) {
        ConfigSnapshot snapshot = view.current();
        long index = snapshot.index(query.scope());
        Sight sight = caller.sight(AccessResource.CONFIG, query.namespace(), query.prefix());
        byte[] body = ConfigPage.write(snapshot, index, query, store, sight, key -> caller.may(Permission.secret(key)));
        boolean isForAll = sight.isFull() && !(query.values() && query.reveal());
        if (isForAll) {
            return several(snapshot, body, index, query.shape());
        }
        // What is left out depends on who asks, and changes without a change of the index.
        Answer answer = new Answer(body, index, JsonBytes.tag(index, body), snapshot.appliedIndex());
        return new Found(answer, null, null, index, snapshot.appliedIndex());
    }

    /** Counts the keys that somebody does not see. */
    int hidden(ConfigScope scope, Sight sight) {
        int hidden = 0;
        for (ConfigEntry entry : view.current().entries(scope.namespace(), scope.text(), "")) {
            hidden += sight.sees(entry.key().path()) ? 0 : 1;
        }
        return hidden;
    }

    private Found several(ConfigSnapshot snapshot, byte[] body, long index, String shape) {
        Answer answer = new Answer(body, index, tag(index, shape), snapshot.appliedIndex());
        return new Found(answer, null, null, index, snapshot.appliedIndex());
    }

    /**
     * Waits until a key's version is past an index.
     *
     * @param key which
     * @param index past which
     * @param wait how long
     * @param caller who waits; no longer than he may
     * @return completed once it is, or when the time is over, on a thread that has better things to do than what follows;
     *     fails if too many wait
     */
    public CompletableFuture<Void> changed(ConfigKey key, long index, Duration wait, Caller caller) {
        return changed(ConfigScope.of(key), index, wait, caller);
    }

    private CompletableFuture<Void> changed(ConfigScope scope, long index, Duration wait, Caller caller) {
        CompletableFuture<Void> waiting = view.changed(scope, index, wait);
        return vigil.keep(caller, waiting, () -> waiting.complete(null));
    }

    /**
     * Waits until the version of a list is past an index, whatever the page.
     *
     * @param query the list
     * @param index past which
     * @param wait how long
     * @param caller who waits; no longer than he may
     * @return as of {@link #changed(ConfigKey, long, Duration, Caller)}
     */
    public CompletableFuture<Void> changed(ConfigQuery query, long index, Duration wait, Caller caller) {
        return changed(query.scope(), index, wait, caller);
    }

    /** Index and query make the bytes; the cluster's id tells clusters apart that came to the same index. */
    private String tag(long index, String shape) {
        String epoch = cluster.current().cluster().clusterId();
        return "\"" + index + "-" + Integer.toHexString((epoch + " " + shape).hashCode()) + "\"";
    }
}
