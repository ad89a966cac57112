package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violation;
import io.rollcall.server.app.access.Sight;
import io.rollcall.server.view.AnswerQuery;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogSnapshot.NamespaceCounts;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.server.view.StatusCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the answers that go over many services. */
final class CatalogPages {

    // Sorts before every name: names begin with a letter or a digit.
    private static final ServiceName FIRST = new ServiceName("0");
    private static final char SEPARATOR = '/';

    private CatalogPages() {}

    static byte[] services(CatalogSnapshot snapshot, long index, Namespace namespace, AnswerQuery page, Sight sight) {
        ServiceKey from = new ServiceKey(namespace, page.after().isEmpty() ? FIRST : name(page.after()));
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("index", index);
            json.writeArrayFieldStart("services");
            int written = 0;
            HiddenRows hidden = new HiddenRows();
            String last = "";
            String cursor = null;
            for (ServiceState service : snapshot.servicesFrom(from)) {
                String name = service.key().name().value();
                if (!service.key().namespace().equals(namespace)) {
                    break;
                }
                if (service.size() == 0 || name.equals(page.after())) {
                    continue;
                }
                if (!sight.sees(name)) {
                    hidden.add(1, written == page.limit());
                    continue;
                }
                if (written == page.limit()) {
                    hidden.leaveToNextPage();
                    cursor = CatalogQuery.encodeCursor(last);
                    break;
                }
                writeService(json, service);
                written++;
                last = name;
            }
            json.writeEndArray();
            if (cursor != null) {
                json.writeStringField("cursor", cursor);
            }
            writeHidden(json, sight, hidden.count());
            json.writeEndObject();
        });
    }

    /** Whoever does not see all is told how much he does not see. */
    private static void writeHidden(JsonGenerator json, Sight sight, int hidden) throws IOException {
        if (!sight.isFull()) {
            json.writeNumberField("hidden", hidden);
        }
    }

    private static void writeService(JsonGenerator json, ServiceState service) throws IOException {
        json.writeStartObject();
        json.writeStringField("namespace", service.key().namespace().value());
        json.writeStringField("name", service.key().name().value());
        json.writeNumberField("index", service.indexes().index(InstanceStatus.TAKES_TRAFFIC));
        json.writeNumberField("instances", service.size());
        json.writeObjectFieldStart("byStatus");
        for (InstanceStatus status : InstanceStatus.values()) {
            int count = service.counts().of(status);
            if (count > 0) {
                json.writeNumberField(status.wireName(), count);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    static byte[] instances(CatalogSnapshot snapshot, long index, Namespace namespace, AnswerQuery page, Sight sight) {
        int separator = page.after().indexOf(SEPARATOR);
        ServiceKey from = new ServiceKey(
                namespace, separator < 0 ? FIRST : name(page.after().substring(0, separator)));
        String afterId = separator < 0 ? "" : id(page.after().substring(separator + 1));
        InstancePage found = new InstancePage(page, sight);
        for (ServiceState service : snapshot.servicesFrom(from)) {
            if (!service.key().namespace().equals(namespace)) {
                break;
            }
            if (!found.addAll(service, service.key().equals(from) ? afterId : "")) {
                break;
            }
        }
        return found.toBytes(index);
    }

    // A cursor is the caller's word like any other.
    private static ServiceName name(String text) {
        try {
            return new ServiceName(text);
        } catch (InvalidRequestException e) {
            throw badCursor();
        }
    }

    private static String id(String text) {
        try {
            return new InstanceId(text).value();
        } catch (InvalidRequestException e) {
            throw badCursor();
        }
    }

    private static InvalidRequestException badCursor() {
        return new InvalidRequestException(
                new Violation("cursor", "must be a cursor that an earlier answer of this query gave"));
    }

    /** Counts; {@code hidden} services are left out, less than 0 says that the caller sees all. */
    static byte[] stats(long index, NamespaceCounts counts, int hidden) {
        StatusCounts instances = counts.instances();
        int total = 0;
        int healthy = 0;
        for (InstanceStatus status : InstanceStatus.values()) {
            total += instances.of(status);
            healthy += status.takesTraffic() ? instances.of(status) : 0;
        }
        int totalInstances = total;
        int healthyInstances = healthy;
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("index", index);
            json.writeNumberField("totalServices", counts.services());
            json.writeNumberField("totalInstances", totalInstances);
            json.writeNumberField("healthyInstances", healthyInstances);
            json.writeNumberField("unhealthyInstances", totalInstances - healthyInstances);
            json.writeObjectFieldStart("instancesByProtocol");
            for (Protocol protocol : Protocol.values()) {
                json.writeNumberField(protocol.wireName(), instances.of(protocol));
            }
            json.writeEndObject();
            json.writeObjectFieldStart("instancesByStatus");
            for (InstanceStatus status : InstanceStatus.values()) {
                json.writeNumberField(status.wireName(), instances.of(status));
            }
            json.writeEndObject();
            if (hidden >= 0) {
                json.writeNumberField("hidden", hidden);
            }
            json.writeEndObject();
        });
    }

    /** A page of instances in the making, put together from their ready JSON. */
    private static final class InstancePage {
        private final AnswerQuery page;
        private final Sight sight;
        private final ByteArrayOutputStream instances = new ByteArrayOutputStream();
        private int written;
        private final HiddenRows hidden = new HiddenRows();
        private String last = "";
        private boolean more;

        InstancePage(AnswerQuery page, Sight sight) {
            this.page = page;
            this.sight = sight;
        }

        boolean addAll(ServiceState service, String afterId) {
            if (!sight.sees(service.key().name().value())) {
                // All of them, whatever is asked for: else one could ask what they are.
                hidden.add(service.size(), written == page.limit());
                return true;
            }
            for (InstanceEntry entry : service.instancesAfter(afterId)) {
                if (!page.selection().matches(entry.instance())) {
                    continue;
                }
                if (written == page.limit()) {
                    hidden.leaveToNextPage();
                    more = true;
                    return false;
                }
                if (written > 0) {
                    instances.write(',');
                }
                instances.writeBytes(entry.json());
                written++;
                last = service.key().name().value()
                        + SEPARATOR
                        + entry.instance().key().id();
            }
            return true;
        }

        byte[] toBytes(long index) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(instances.size() + 256);
            body.writeBytes(("{\"index\":" + index + ",\"instances\":[").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(instances.toByteArray());
            String cursor = more ? ",\"cursor\":\"" + CatalogQuery.encodeCursor(last) + "\"" : "";
            String left = sight.isFull() ? "" : ",\"hidden\":" + hidden.count();
            String tail = "]" + cursor + left + "}";
            body.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
            return body.toByteArray();
        }
    }
}
