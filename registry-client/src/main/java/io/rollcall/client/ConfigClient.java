package io.rollcall.client;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.Namespace;
import io.rollcall.client.answer.ConfigContent;
import io.rollcall.client.answer.ConfigHistory;
import io.rollcall.client.answer.ConfigPage;
import io.rollcall.client.answer.ConfigPreview;
import io.rollcall.client.watch.ConfigWatchListener;
import java.time.Duration;

/** The configuration of a registry. Calls go and end as those of {@link RegistryClient} do. Thread-safe. */
public final class ConfigClient {

    private final Namespace namespace;
    private final Calls calls;
    private final Watches watches;

    ConfigClient(Namespace namespace, Calls calls, Watches watches) {
        this.namespace = namespace;
        this.calls = calls;
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
        return calls.run(ConfigCalls.get(key, reveal, calls.seen(options)));
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
        return calls.run(ConfigCalls.version(key, version, reveal, calls.seen(options)));
    }

    /**
     * Lists the versions of a key that are kept, deletions included.
     *
     * @param key which
     * @param options how to read
     * @return newest first; refused with {@code config-not-found} if the key was never there
     */
    public Outcome<ConfigHistory> history(ConfigKey key, ReadOptions options) {
        return calls.run(ConfigCalls.history(key, calls.seen(options)));
    }

    /**
     * Lists the keys of this client's namespace that begin alike, without their values.
     *
     * @param prefix what they begin with; empty for all
     * @param options how to read, and which page; 1,000 unless told
     * @return a page
     */
    public Outcome<ConfigPage> list(String prefix, ReadOptions options) {
        return calls.run(ConfigCalls.list(namespace, prefix, calls.seen(options)));
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
        return calls.run(ConfigCalls.listValues(namespace, prefix, reveal, calls.seen(options)));
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
        return calls.run(ConfigCalls.awaitChange(namespace, prefix, index, wait, calls.seen(options)));
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
        return calls.run(ConfigCalls.put(key, contentType, value, secret, options));
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
        return calls.run(ConfigCalls.putNew(key, contentType, value, secret, options));
    }

    /**
     * Deletes a key; its versions stay to be looked at and had back.
     *
     * @param key which
     * @param options condition, request id
     * @return true; refused with {@code config-not-found} if it was not there
     */
    public Outcome<Boolean> delete(ConfigKey key, WriteOptions options) {
        return calls.run(ConfigCalls.delete(key, options));
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
        return calls.run(ConfigCalls.rollback(key, version, options));
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
        return calls.run(ConfigCalls.previewPut(key, contentType, value, secret, options));
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
        return calls.run(ConfigCalls.previewRollback(key, version, options));
    }
}
