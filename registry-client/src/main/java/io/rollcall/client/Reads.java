package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceReader;
import io.rollcall.client.answer.ClusterView;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.answer.ExpiryView;
import io.rollcall.client.answer.HistoryPage;
import io.rollcall.client.answer.InstanceExplanation;
import io.rollcall.client.answer.InstancePage;
import io.rollcall.client.answer.KeysView;
import io.rollcall.client.answer.LogLevels;
import io.rollcall.client.answer.RegistryStats;
import io.rollcall.client.answer.ServiceExplanation;
import io.rollcall.client.answer.ServicePage;
import io.rollcall.client.answer.Subscribers;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests of all reads but those of configuration. */
final class Reads {

    /** A node may have to go far back on its disk for an answer about the past. */
    private static final Duration PAST_HOLDS = Duration.ofSeconds(10);

    private Reads() {}

    static Call<Discovery> discover(ServiceKey service, Selection selection, ReadOptions options) {
        String path = Writes.path(Paths.SERVICE, service);
        return select(Route.DISCOVER, path, service.namespace(), selection, options, Discovery::read);
    }

    static Call<ServicePage> services(Namespace namespace, ReadOptions options) {
        return select(Route.SERVICES, Paths.SERVICES, namespace, Selection.healthy(), options, ServicePage::read);
    }

    static Call<InstancePage> instances(Namespace namespace, Selection selection, ReadOptions options) {
        return select(Route.INSTANCES, Paths.INSTANCES, namespace, selection, options, InstancePage::read);
    }

    static Call<HistoryPage> history(ServiceKey service, HistoryRange range, ReadOptions options) {
        QueryParameters parameters = Writes.inNamespace(service.namespace());
        range.addTo(parameters);
        options.addTo(parameters);
        String target = Writes.path(Paths.SERVICE_HISTORY, service) + parameters;
        return Call.read(Route.HISTORY, target, HistoryPage::read).holding(PAST_HOLDS);
    }

    static Call<Instance> instance(InstanceKey instance, ReadOptions options) {
        Namespace namespace = instance.service().namespace();
        String path = Writes.path(Paths.INSTANCE, instance);
        return select(Route.INSTANCE, path, namespace, Selection.healthy(), options, InstanceReader::read);
    }

    static Call<InstanceExplanation> explain(InstanceKey instance, Selection selection, ReadOptions options) {
        QueryParameters parameters = Writes.inNamespace(instance.service().namespace());
        parameters.add("instance", instance.id().value());
        String path = Writes.path(Paths.SERVICE_EXPLAIN, instance.service());
        return select(Route.EXPLAIN, path, parameters, selection, options, InstanceExplanation::read);
    }

    static Call<ServiceExplanation> explain(ServiceKey service, Selection selection, ReadOptions options) {
        String path = Writes.path(Paths.SERVICE_EXPLAIN, service);
        return select(Route.EXPLAIN, path, service.namespace(), selection, options, ServiceExplanation::read);
    }

    static Call<Subscribers> subscribers(ServiceKey service) {
        String target = Writes.path(Paths.SERVICE_SUBSCRIBERS, service) + Writes.inNamespace(service.namespace());
        return Call.read(Route.SUBSCRIBERS, target, Subscribers::read);
    }

    static Call<RegistryStats> stats(Namespace namespace, ReadOptions options) {
        return select(Route.STATS, Paths.STATS, namespace, Selection.healthy(), options, RegistryStats::read);
    }

    static Call<ClusterView> cluster() {
        return Call.read(Route.CLUSTER, Paths.CLUSTER, ClusterView::read);
    }

    static Call<ExpiryView> expiry() {
        return Call.read(Route.EXPIRY, Paths.CLUSTER_EXPIRY, ExpiryView::read);
    }

    static Call<ExpiryView> releaseExpiry() {
        return Call.repeatable(Route.RELEASE_EXPIRY, Paths.CLUSTER_EXPIRY_RELEASE, null, ExpiryView::read);
    }

    static Call<KeysView> keys() {
        return Call.read(Route.KEYS, Paths.KEYS, KeysView::read);
    }

    static Call<KeysView> rotateKeys() {
        return Call.repeatable(Route.ROTATE_KEYS, Paths.KEYS_ROTATE, null, KeysView::read);
    }

    static Call<LogLevels> logLevels() {
        return Call.read(Route.LOG_LEVELS, Paths.LOG_LEVEL, LogLevels::read);
    }

    static Call<LogLevels> setLogLevel(String logger, @Nullable String level, Duration lasting) {
        String body = Writes.write(json -> {
            json.writeStartObject();
            json.writeStringField("logger", logger);
            json.writeStringField("level", level);
            if (!lasting.isZero()) {
                json.writeStringField("for", Durations.format(lasting));
            }
            json.writeEndObject();
        });
        return Call.repeatable(Route.SET_LOG_LEVEL, Paths.LOG_LEVEL, body, LogLevels::read);
    }

    private static <T> Call<T> select(
            Route route,
            String path,
            Namespace namespace,
            Selection selection,
            ReadOptions options,
            Function<JsonNode, T> reader) {
        return select(route, path, Writes.inNamespace(namespace), selection, options, reader);
    }

    private static <T> Call<T> select(
            Route route,
            String path,
            QueryParameters parameters,
            Selection selection,
            ReadOptions options,
            Function<JsonNode, T> reader) {
        selection.addTo(parameters);
        options.addTo(parameters);
        Duration holds = options.at() == null ? Duration.ZERO : PAST_HOLDS;
        return Call.read(route, path + parameters, reader).holding(holds);
    }
}
