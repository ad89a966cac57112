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
import java.time.Duration;
import java.util.Map;

/** The requests of configuration. */
final class ConfigCalls {

    /** What a node adds by chance to a wait, as a part of it; and a little more. */
    private static final int JITTER_PART = 8;

    private ConfigCalls() {}

    static Call<ConfigContent> get(ConfigKey key, boolean reveal, ReadOptions options) {
        return content(key, parameters(key.namespace(), options), reveal);
    }

    static Call<ConfigContent> version(ConfigKey key, long version, boolean reveal, ReadOptions options) {
        QueryParameters parameters = parameters(key.namespace(), options);
        parameters.add("version", Long.toString(version));
        return content(key, parameters, reveal);
    }

    private static Call<ConfigContent> content(ConfigKey key, QueryParameters parameters, boolean reveal) {
        flag(parameters, "reveal", reveal);
        return Call.raw(
                Route.CONFIG_GET,
                path(key) + parameters,
                answer -> ConfigContent.read(key, answer.headers(), answer.body()));
    }

    static Call<ConfigHistory> history(ConfigKey key, ReadOptions options) {
        QueryParameters parameters = parameters(key.namespace(), options);
        parameters.add("history", "true");
        return Call.read(Route.CONFIG_HISTORY, path(key) + parameters, ConfigHistory::read);
    }

    static Call<ConfigPage> list(Namespace namespace, String prefix, ReadOptions options) {
        return Call.read(Route.CONFIG_LIST, Paths.CONFIG + listing(namespace, prefix, options), ConfigPage::read);
    }

    static Call<ConfigPage> listValues(Namespace namespace, String prefix, boolean reveal, ReadOptions options) {
        QueryParameters parameters = listing(namespace, prefix, options);
        parameters.add("values", "true");
        flag(parameters, "reveal", reveal);
        return Call.read(Route.CONFIG_LIST, Paths.CONFIG + parameters, ConfigPage::read);
    }

    static Call<ConfigPage> awaitChange(
            Namespace namespace, String prefix, long index, Duration wait, ReadOptions options) {
        QueryParameters parameters = listing(namespace, prefix, options);
        parameters.add("index", Long.toString(index));
        parameters.add("wait", Durations.format(wait));
        return Call.read(Route.CONFIG_AWAIT, Paths.CONFIG + parameters, ConfigPage::read)
                .holding(wait.plus(wait.dividedBy(JITTER_PART)));
    }

    static Call<ConfigEntry> put(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        String target = path(key) + putting(key, secret);
        return Call.write(Route.CONFIG_PUT, target, null, options, ConfigReader::read)
                .carrying(new Body(value.bytes(), contentType.value()));
    }

    static Call<ConfigEntry> putNew(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        return put(key, contentType, value, secret, options.withIfMatch(null)).with(Map.of("If-None-Match", "*"));
    }

    static Call<Boolean> delete(ConfigKey key, WriteOptions options) {
        String target = path(key) + Writes.inNamespace(key.namespace());
        return Call.write(Route.CONFIG_DELETE, target, null, options, nothing -> true);
    }

    static Call<ConfigEntry> rollback(ConfigKey key, long version, WriteOptions options) {
        String target = path(key) + rollingBack(key, version);
        return Call.write(Route.CONFIG_ROLLBACK, target, null, options, ConfigReader::read);
    }

    static Call<ConfigPreview> previewPut(
            ConfigKey key, ContentType contentType, ConfigValue value, boolean secret, WriteOptions options) {
        QueryParameters parameters = putting(key, secret);
        parameters.add("dryRun", "true");
        return Call.dryRun(Route.CONFIG_PUT, path(key) + parameters, null, options, ConfigPreview::read)
                .carrying(new Body(value.bytes(), contentType.value()));
    }

    static Call<ConfigPreview> previewRollback(ConfigKey key, long version, WriteOptions options) {
        QueryParameters parameters = rollingBack(key, version);
        parameters.add("dryRun", "true");
        return Call.dryRun(Route.CONFIG_ROLLBACK, path(key) + parameters, null, options, ConfigPreview::read);
    }

    // Keys hold nothing that a path would have to escape; their slashes are those of the path.
    private static String path(ConfigKey key) {
        return Paths.CONFIG_KEY.replace("{key}", key.path());
    }

    private static QueryParameters parameters(Namespace namespace, ReadOptions options) {
        QueryParameters parameters = Writes.inNamespace(namespace);
        options.addTo(parameters);
        return parameters;
    }

    private static QueryParameters listing(Namespace namespace, String prefix, ReadOptions options) {
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
