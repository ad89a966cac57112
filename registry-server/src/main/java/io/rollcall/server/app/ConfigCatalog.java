package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.wire.ConfigJson;
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

    /**
     * The configuration of a node, for readers.
     *
     * @param view what is known of it
     * @param cluster whose configuration it is
     * @param store its versions and their values
     */
    public ConfigCatalog(ConfigView view, CatalogView cluster, ConfigStore store) {
        this.view = view;
        this.cluster = cluster;
        this.store = store;
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
     * @param reveal whether a secret may be shown
     * @return the value as it was given
     */
    public Found value(ConfigKey key, boolean reveal) {
        return whileReadable(ConfigScope.of(key), () -> newest(key, reveal));
    }

    private Found newest(ConfigKey key, boolean reveal) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            ConfigSnapshot snapshot = view.current();
            ConfigEntry entry = snapshot.entry(key);
            if (entry == null || entry.deleted()) {
                return problem(snapshot, key, Refusals.configNotFound(key));
            }
            if (entry.secret() && !reveal) {
                return problem(snapshot, key, secret(entry));
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
     * @param reveal whether a secret may be shown
     * @return the value as it was given
     */
    public Found version(ConfigKey key, long version, boolean reveal) {
        return whileReadable(ConfigScope.of(key), () -> earlier(key, version, reveal));
    }

    private Found earlier(ConfigKey key, long version, boolean reveal) {
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
        if (entry.secret() && !reveal) {
            return problem(snapshot, key, secret(entry));
        }
        return found(snapshot, entry, value);
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

    private static Problem secret(ConfigEntry entry) {
        return Problem.of(
                ErrorCode.PERMISSION_DENIED,
                "the value of '" + entry.key() + "' is secret; reveal=true shows it to whoever may see secrets");
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
     * @return sorted by key
     */
    public Found list(ConfigQuery query) {
        return whileReadable(query.scope(), () -> page(query));
    }

    private Found page(ConfigQuery query) {
        ConfigSnapshot snapshot = view.current();
        long index = snapshot.index(query.scope());
        byte[] body = ConfigPage.write(snapshot, index, query, store);
        return several(snapshot, body, index, query.shape());
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
     * @return completed once it is, or when the time is over, on a thread that has better things to do than what follows;
     *     fails if too many wait
     */
    public CompletableFuture<Void> changed(ConfigKey key, long index, Duration wait) {
        return view.changed(ConfigScope.of(key), index, wait);
    }

    /**
     * Waits until the version of a list is past an index, whatever the page.
     *
     * @param query the list
     * @param index past which
     * @param wait how long
     * @return as of {@link #changed(ConfigKey, long, Duration)}
     */
    public CompletableFuture<Void> changed(ConfigQuery query, long index, Duration wait) {
        return view.changed(query.scope(), index, wait);
    }

    /** Index and query make the bytes; the cluster's id tells clusters apart that came to the same index. */
    private String tag(long index, String shape) {
        String epoch = cluster.current().cluster().clusterId();
        return "\"" + index + "-" + Integer.toHexString((epoch + " " + shape).hashCode()) + "\"";
    }
}
