package io.rollcall.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.Violation;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.api.wire.InstanceReader;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.DrainReport;
import io.rollcall.client.answer.WritePreview;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** The requests of all writes. */
final class Writes {

    private Writes() {}

    static Call<Instance> register(Registration registration, WriteOptions options) {
        String target = path(Paths.INSTANCE, registration.key()) + parameters(registration.key(), options);
        return Call.write(Route.REGISTER, target, json(registration), options, InstanceReader::read);
    }

    static Call<Instance> registerNew(Registration registration, WriteOptions options) {
        ServiceKey service = registration.key().service();
        String target = path(Paths.SERVICE_INSTANCES, service) + parameters(registration.key(), options);
        return Call.write(Route.REGISTER_NEW, target, json(registration), options, InstanceReader::read);
    }

    static Call<BatchResult> registerAll(List<Registration> batch, boolean atomic, WriteOptions options) {
        List<Namespace> namespaces = batch.stream()
                .map(registration -> registration.key().service().namespace())
                .distinct()
                .toList();
        if (namespaces.size() != 1) {
            throw new IllegalArgumentException(
                    "a batch holds registrations of one namespace, this one of " + namespaces.size());
        }
        QueryParameters parameters = inNamespace(namespaces.get(0));
        options.addTo(parameters);
        if (atomic) {
            parameters.add("atomic", "true");
        }
        return Call.write(
                Route.REGISTER_ALL, Paths.REGISTRATIONS + parameters, json(batch), options, BatchResult::read);
    }

    static Call<Boolean> deregister(InstanceKey instance, WriteOptions options) {
        String target = path(Paths.INSTANCE, instance) + parameters(instance, options);
        return Call.write(Route.DEREGISTER, target, null, options, nothing -> true);
    }

    static Call<Long> deregisterAll(ServiceKey service, Selection selection, boolean confirmed, WriteOptions options) {
        QueryParameters parameters = inNamespace(service.namespace());
        selection.addTo(parameters);
        options.addTo(parameters);
        if (confirmed) {
            parameters.add("confirm", "true");
        }
        String target = path(Paths.SERVICE_INSTANCES, service) + parameters;
        return Call.write(Route.DEREGISTER_ALL, target, null, options, Writes::removed);
    }

    private static long removed(JsonNode answer) {
        if (!answer.path("removed").isIntegralNumber()) {
            throw new InvalidRequestException(new Violation("removed", "is missing from the answer"));
        }
        return answer.path("removed").longValue();
    }

    static Call<Instance> setStatus(InstanceKey instance, OperatorWord word, WriteOptions options) {
        String body = write(json -> {
            json.writeStartObject();
            json.writeStringField("status", word.status().wireName());
            if (!word.reason().isEmpty()) {
                json.writeStringField("reason", word.reason());
            }
            json.writeEndObject();
        });
        String target = path(Paths.INSTANCE_STATUS, instance) + parameters(instance, options);
        return Call.write(Route.SET_STATUS, target, body, options, InstanceReader::read);
    }

    static Call<Instance> clearStatus(InstanceKey instance, WriteOptions options) {
        String target = path(Paths.INSTANCE_STATUS, instance) + parameters(instance, options);
        return Call.write(Route.CLEAR_STATUS, target, null, options, InstanceReader::read);
    }

    static Call<DrainReport> drain(InstanceKey instance, Duration wait, String reason, WriteOptions options) {
        QueryParameters parameters = parameters(instance, options);
        parameters.add("wait", Durations.format(wait));
        String body = reason.isEmpty()
                ? null
                : write(json -> {
                    json.writeStartObject();
                    json.writeStringField("reason", reason);
                    json.writeEndObject();
                });
        String target = path(Paths.INSTANCE_DRAIN, instance) + parameters;
        return Call.write(Route.DRAIN, target, body, options, DrainReport::read).holding(wait);
    }

    static Call<WritePreview> previewRegister(Registration registration, boolean onlyNew, WriteOptions options) {
        InstanceKey key = registration.key();
        String path = onlyNew ? path(Paths.SERVICE_INSTANCES, key.service()) : path(Paths.INSTANCE, key);
        QueryParameters parameters = parameters(key, options);
        parameters.add("dryRun", "true");
        Route route = onlyNew ? Route.REGISTER_NEW : Route.REGISTER;
        return Call.dryRun(route, path + parameters, json(registration), options, WritePreview::read);
    }

    static Call<WritePreview> previewDeregister(InstanceKey instance, WriteOptions options) {
        QueryParameters parameters = parameters(instance, options);
        parameters.add("dryRun", "true");
        String target = path(Paths.INSTANCE, instance) + parameters;
        return Call.dryRun(Route.DEREGISTER, target, null, options, WritePreview::read);
    }

    // Names and ids hold nothing that a path would have to escape.
    static String path(String template, ServiceKey service) {
        return template.replace("{name}", service.name().value());
    }

    static String path(String template, InstanceKey instance) {
        return path(template, instance.service()).replace("{id}", instance.id().value());
    }

    static QueryParameters inNamespace(Namespace namespace) {
        QueryParameters parameters = new QueryParameters();
        if (!namespace.equals(Namespace.DEFAULT)) {
            parameters.add("namespace", namespace.value());
        }
        return parameters;
    }

    private static QueryParameters parameters(InstanceKey instance, WriteOptions options) {
        QueryParameters parameters = inNamespace(instance.service().namespace());
        options.addTo(parameters);
        return parameters;
    }

    private static String json(Registration registration) {
        return write(json -> {
            json.writeStartObject();
            InstanceJson.writeRegistration(json, registration);
            json.writeEndObject();
        });
    }

    private static String json(List<Registration> batch) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("instances");
            for (Registration registration : batch) {
                json.writeStartObject();
                InstanceJson.writeRegistration(json, registration);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static String write(Writer writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}
