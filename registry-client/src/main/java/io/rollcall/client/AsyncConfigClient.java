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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The calls of {@link ConfigClient} without waiting; its watches never wait. Thread-safe. */
public final class AsyncConfigClient {

    private final Namespace namespace;
    private final Calls calls;

    AsyncConfigClient(Namespace namespace, Calls calls) {
        this.namespace = namespace;
        this.calls = calls;
    }

    /**
     * Does as {@link ConfigClient#get(ConfigKey, boolean, ReadOptions)} does, without waiting.
     *
     * @param key as there
     * @param reveal as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigContent>> get(ConfigKey key, boolean reveal, ReadOptions options) {
        return calls.start(ConfigCalls.get(key, reveal, calls.seen(options)));
    }

    /**
     * Does as {@link ConfigClient#version(ConfigKey, long, boolean, ReadOptions)} does, without waiting.
     *
     * @param key as there
     * @param version as there
     * @param reveal as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigContent>> version(
            ConfigKey key, long version, boolean reveal, ReadOptions options) {
        return calls.start(ConfigCalls.version(key, version, reveal, calls.seen(options)));
    }

    /**
     * Does as {@link ConfigClient#history(ConfigKey, ReadOptions)} does, without waiting.
     *
     * @param key as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigHistory>> history(ConfigKey key, ReadOptions options) {
        return calls.start(ConfigCalls.history(key, calls.seen(options)));
    }

    /**
     * Does as {@link ConfigClient#list(String, ReadOptions)} does, without waiting.
     *
     * @param prefix as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigPage>> list(String prefix, ReadOptions options) {
        return calls.start(ConfigCalls.list(namespace, prefix, calls.seen(options)));
    }

    /**
     * Does as {@link ConfigClient#listValues(String, boolean, ReadOptions)} does, without waiting.
     *
     * @param prefix as there
     * @param reveal as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigPage>> listValues(String prefix, boolean reveal, ReadOptions options) {
        return calls.start(ConfigCalls.listValues(namespace, prefix, reveal, calls.seen(options)));
    }

    /**
     * Does as {@link ConfigClient#awaitChange(String, long, Duration, ReadOptions)} does, without waiting.
     *
     * @param prefix as there
     * @param index as there
     * @param wait as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigPage>> awaitChange(
            String prefix, long index, Duration wait, ReadOptions options) {
        return calls.start(ConfigCalls.awaitChange(namespace, prefix, index, wait, calls.seen(options)));
    }

    /**
     * Does as {@link ConfigClient#put(ConfigKey, ContentType, ConfigValue, boolean, WriteOptions)} does, without waiting.
     *
     * @param key as there
     * @param contentType as there
     * @param value as there
     * @param secret as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigEntry>> put(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        return calls.start(ConfigCalls.put(key, contentType, value, secret, options));
    }

    /**
     * Does as {@link ConfigClient#putNew(ConfigKey, ContentType, ConfigValue, boolean, WriteOptions)} does, without waiting.
     *
     * @param key as there
     * @param contentType as there
     * @param value as there
     * @param secret as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigEntry>> putNew(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        return calls.start(ConfigCalls.putNew(key, contentType, value, secret, options));
    }

    /**
     * Does as {@link ConfigClient#delete(ConfigKey, WriteOptions)} does, without waiting.
     *
     * @param key as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<Boolean>> delete(ConfigKey key, WriteOptions options) {
        return calls.start(ConfigCalls.delete(key, options));
    }

    /**
     * Does as {@link ConfigClient#rollback(ConfigKey, long, WriteOptions)} does, without waiting.
     *
     * @param key as there
     * @param version as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigEntry>> rollback(ConfigKey key, long version, WriteOptions options) {
        return calls.start(ConfigCalls.rollback(key, version, options));
    }

    /**
     * Does as {@link ConfigClient#previewPut(ConfigKey, ContentType, ConfigValue, boolean, WriteOptions)} does, without waiting.
     *
     * @param key as there
     * @param contentType as there
     * @param value as there
     * @param secret as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigPreview>> previewPut(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        return calls.start(ConfigCalls.previewPut(key, contentType, value, secret, options));
    }

    /**
     * Does as {@link ConfigClient#previewRollback(ConfigKey, long, WriteOptions)} does, without waiting.
     *
     * @param key as there
     * @param version as there
     * @param options as there
     * @return how it ends; ending the future otherwise ends the call
     */
    public CompletableFuture<Outcome<ConfigPreview>> previewRollback(
            ConfigKey key, long version, WriteOptions options) {
        return calls.start(ConfigCalls.previewRollback(key, version, options));
    }
}
