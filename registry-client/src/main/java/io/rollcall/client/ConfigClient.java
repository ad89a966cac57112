package io.rollcall.client;

import io.rollcall.api.http.Paths;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.wire.ConfigReader;
import io.rollcall.client.answer.ConfigContent;
import io.rollcall.client.answer.ConfigHistory;
import io.rollcall.client.answer.ConfigPage;
import io.rollcall.client.answer.ConfigPreview;
import io.rollcall.client.watch.ConfigWatchListener;
import java.time.Duration;
import java.util.Map;

/** The configuration of a registry. Calls go and end as those of {@link RegistryClient} do. Thread-safe. */
public final class ConfigClient {

    /** What a node adds by chance to a wait, as a part of it; and a little more. */
    private static final int JITTER_PART = 8;

    private final Namespace namespace;
    private final Failover failover;
    private final OwnWrites ownWrites;
    private final Watches watches;

    ConfigClient(Namespace namespace, Failover failover, OwnWrites ownWrites, Watches watches) {
        this.namespace = namespace;
        this.failover = failover;
        this.ownWrites = ownWrites;
        this.watches = watches;
    }

    /**
     * A key in this client's namespace.
     *
     * @param path its path
     * @return the key
     * @throws io.rollcall.api.model.InvalidRequestException if it is no path
     */
    public ConfigKey key(String path) {
        return new ConfigKey(namespace, path);
    }

    /**
     * Reads the newest value of a key.
     *
     * @param key which
     * @param reveal whether a secret is to be shown
     * @param options how to read
     * @return the value; refused with {@code config-not-found} if the key is not there, and with {@code
     *     permission-denied} if it is secret and not to be revealed
     */
    public Outcome<ConfigContent> get(ConfigKey key, boolean reveal, ReadOptions options) {
        QueryParameters parameters = parameters(key.namespace(), options);
        flag(parameters, "reveal", reveal);
        return failover.run(
                Call.raw(path(key) + parameters, answer -> ConfigContent.read(key, answer.headers(), answer.body())));
    }

    /**
     * Reads the value of one version of a key, which may be deleted by now.
     *
     * @param key which
     * @param version which of its versions
     * @param reveal whether a secret is to be shown
     * @param options how to read
     * @return the value; refused with {@code version-not-found} if it is not kept
     */
    public Outcome<ConfigContent> version(ConfigKey key, long version, boolean reveal, ReadOptions options) {
        QueryParameters parameters = parameters(key.namespace(), options);
        parameters.add("version", Long.toString(version));
        flag(parameters, "reveal", reveal);
        return failover.run(
                Call.raw(path(key) + parameters, answer -> ConfigContent.read(key, answer.headers(), answer.body())));
    }

    /**
     * Lists the versions of a key that are kept, deletions included.
     *
     * @param key which
     * @param options how to read
     * @return newest first; refused with {@code config-not-found} if the key was never there
     */
    public Outcome<ConfigHistory> history(ConfigKey key, ReadOptions options) {
        QueryParameters parameters = parameters(key.namespace(), options);
        parameters.add("history", "true");
        return failover.run(Call.read(path(key) + parameters, ConfigHistory::read));
    }

    /**
     * Lists the keys of this client's namespace that begin alike, without their values.
     *
     * @param prefix what they begin with; empty for all
     * @param options how to read, and which page; 1,000 unless told
     * @return a page
     */
    public Outcome<ConfigPage> list(String prefix, ReadOptions options) {
        return failover.run(Call.read(Paths.CONFIG + listing(prefix, options), ConfigPage::read));
    }

    /**
     * Lists the keys of this client's namespace that begin alike, with their values.
     *
     * @param prefix what they begin with; empty for all
     * @param reveal whether secrets are to be shown; their values are missing otherwise
     * @param options how to read, and which page; a page ends before 1 MiB of values
     * @return a page
     */
    public Outcome<ConfigPage> listValues(String prefix, boolean reveal, ReadOptions options) {
        QueryParameters parameters = listing(prefix, options);
        parameters.add("values", "true");
        flag(parameters, "reveal", reveal);
        return failover.run(Call.read(Paths.CONFIG + parameters, ConfigPage::read));
    }

    /**
     * Waits until a key that begins alike changes, appears or goes, then lists as {@link #list} does.
     *
     * @param prefix what the keys begin with; empty for all
     * @param index the index of the list that the caller has; 0 does not wait
     * @param wait how long at most, zero to ten minutes; the call may take so much longer than others
     * @param options how to read, and which page
     * @return a page; after the wait the same again
     */
    public Outcome<ConfigPage> awaitChange(String prefix, long index, Duration wait, ReadOptions options) {
        QueryParameters parameters = listing(prefix, options);
        parameters.add("index", Long.toString(index));
        parameters.add("wait", Durations.format(wait));
        return failover.run(
                Call.read(Paths.CONFIG + parameters, ConfigPage::read).holding(wait.plus(wait.dividedBy(JITTER_PART))));
    }

    /**
     * Watches the keys of this client's namespace that begin alike: all of them first, then each change, once and in
     * order, over failing nodes and over restarts of these. Values are not told; {@link #version} reads them.
     *
     * @param prefix what they begin with; empty for all
     * @param options how; they select no instances
     * @param listener is told, on a thread of the watch
     * @return running; closed with the client at the latest
     * @throws IllegalArgumentException if the options select instances
     */
    public Watch watch(String prefix, WatchOptions options, ConfigWatchListener listener) {
        WatchTarget target = WatchTarget.ofConfig(namespace, prefix, options);
        return watches.start(target, options, new ConfigSubject(namespace, listener), listener);
    }

    /**
     * Gives a key a value.
     *
     * @param key which
     * @param contentType what the value is
     * @param value it
     * @param secret whether it is kept from plain reads
     * @param options condition, request id
     * @return the new version
     */
    public Outcome<ConfigEntry> put(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        String target = path(key) + putting(key, secret);
        Body body = new Body(value.bytes(), contentType.value());
        return ownWrites.noted(failover.run(
                Call.write("PUT", target, null, options, ConfigReader::read).carrying(body)));
    }

    /**
     * Gives a value to a key that is not there.
     *
     * @param key which
     * @param contentType what the value is
     * @param value it
     * @param secret whether it is kept from plain reads
     * @param options request id
     * @return the new version; refused with {@code precondition-failed} if the key is there
     */
    public Outcome<ConfigEntry> putNew(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        String target = path(key) + putting(key, secret);
        Body body = new Body(value.bytes(), contentType.value());
        return ownWrites.noted(
                failover.run(Call.write("PUT", target, null, options.withIfMatch(null), ConfigReader::read)
                        .carrying(body)
                        .with(Map.of("If-None-Match", "*"))));
    }

    /**
     * Deletes a key; its versions stay to be looked at and had back.
     *
     * @param key which
     * @param options condition, request id
     * @return true; refused with {@code config-not-found} if it was not there
     */
    public Outcome<Boolean> delete(ConfigKey key, WriteOptions options) {
        String target = path(key) + Writes.inNamespace(key.namespace());
        return ownWrites.noted(failover.run(Call.write("DELETE", target, null, options, nothing -> true)));
    }

    /**
     * Gives a key the value of an earlier version again, also after a deletion.
     *
     * @param key which
     * @param version the earlier one
     * @param options condition, request id
     * @return the new version; refused with {@code version-not-found} if the earlier one is not kept
     */
    public Outcome<ConfigEntry> rollback(ConfigKey key, long version, WriteOptions options) {
        String target = path(key) + rollingBack(key, version);
        return ownWrites.noted(failover.run(Call.write("POST", target, null, options, ConfigReader::read)));
    }

    /**
     * Says what giving a key a value would do.
     *
     * @param key which
     * @param contentType what the value is
     * @param value it
     * @param secret whether it is kept from plain reads
     * @param options condition; the request id is not used
     * @return what would be done; refused as the write would be
     */
    public Outcome<ConfigPreview> previewPut(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        QueryParameters parameters = putting(key, secret);
        parameters.add("dryRun", "true");
        return failover.run(Call.dryRun("PUT", path(key) + parameters, null, options, ConfigPreview::read)
                .carrying(new Body(value.bytes(), contentType.value())));
    }

    /**
     * Says what a rollback would do.
     *
     * @param key which
     * @param version the earlier one
     * @param options condition; the request id is not used
     * @return what would be done; refused as the rollback would be
     */
    public Outcome<ConfigPreview> previewRollback(ConfigKey key, long version, WriteOptions options) {
        QueryParameters parameters = rollingBack(key, version);
        parameters.add("dryRun", "true");
        return failover.run(Call.dryRun("POST", path(key) + parameters, null, options, ConfigPreview::read));
    }

    // Keys hold nothing that a path would have to escape; their slashes are those of the path.
    private static String path(ConfigKey key) {
        return Paths.CONFIG_KEY.replace("{key}", key.path());
    }

    private QueryParameters parameters(Namespace of, ReadOptions options) {
        QueryParameters parameters = Writes.inNamespace(of);
        ownWrites.seenBy(options).addTo(parameters);
        return parameters;
    }

    private QueryParameters listing(String prefix, ReadOptions options) {
        QueryParameters parameters = parameters(namespace, options);
        if (!prefix.isEmpty()) {
            parameters.add("prefix", prefix);
        }
        return parameters;
    }

    private static QueryParameters putting(ConfigKey key, boolean secret) {
        QueryParameters parameters = Writes.inNamespace(key.namespace());
        flag(parameters, "secret", secret);
        return parameters;
    }

    private static QueryParameters rollingBack(ConfigKey key, long version) {
        QueryParameters parameters = Writes.inNamespace(key.namespace());
        parameters.add("rollback", Long.toString(version));
        return parameters;
    }

    private static void flag(QueryParameters parameters, String name, boolean set) {
        if (set) {
            parameters.add(name, "true");
        }
    }
}
