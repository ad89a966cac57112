package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why discovery returns an instance or does not, and how many instances of a service are left after each step of a query.
 * The steps are those that discovery decides by. How current the answer is, and whether the node may give it, is
 * {@link ReadConsistency}'s to say first. Thread-safe.
 */
public final class Explanations {

    private static final String EXISTS = "exists";
    private static final int MAX_NAMED = 5;

    private final CatalogView view;
    private final LastHeartbeats lastHeartbeats;
    private final CheckCounts checks;
    private final Removals removals;
    private final String nodeId;
    private final ReadConsistency consistency;
    private final InstantSource clock;

    /**
     * The explanations of a node.
     *
     * @param view its state
     * @param lastHeartbeats when instances were last heard
     * @param checks what the leader counts of health checks
     * @param removals what is known of instances that are gone
     * @param nodeId its id
     * @param consistency knows the age of the data
     * @param clock this node's, for the age of heartbeats
     */
    public Explanations(
            CatalogView view,
            LastHeartbeats lastHeartbeats,
            CheckCounts checks,
            Removals removals,
            String nodeId,
            ReadConsistency consistency,
            InstantSource clock) {
        this.view = view;
        this.lastHeartbeats = lastHeartbeats;
        this.checks = checks;
        this.removals = removals;
        this.nodeId = nodeId;
        this.consistency = consistency;
        this.clock = clock;
    }

    /**
     * An explanation. It tells of a moment and has no tag: ages are in it.
     *
     * @param body UTF-8 JSON
     * @param index the version of the query that is explained
     * @param applied the registry index that the node had applied
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Explanation(byte[] body, long index, long applied) {}

    /**
     * Explains what a query says of one instance.
     *
     * @param key registered or not
     * @param query the query; its page does not count
     * @param asker for whom
     * @return with a verdict for each step; one that is not registered has no further steps
     */
    public Explanation instance(InstanceKey key, CatalogQuery query, Asker asker) {
        CatalogSnapshot snapshot = view.current();
        ServiceState service = stateOf(snapshot, key.service());
        InstanceEntry entry = service.instance(key.id());
        return entry == null
                ? absent(key, query, snapshot, service, asker)
                : present(entry.instance(), query, snapshot, service, asker);
    }

    private Explanation present(
            Instance instance, CatalogQuery query, CatalogSnapshot snapshot, ServiceState service, Asker asker) {
        InstanceKey key = instance.key();
        InstanceVerdicts.Sight sight = new InstanceVerdicts.Sight(
                lastHeartbeats.lastHeartbeatMillis(key, instance.incarnation()),
                clock.millis(),
                checks.counted(key, instance.incarnation()));
        InstanceVerdicts verdicts = new InstanceVerdicts(instance, query.selection(), sight, asker);
        return ofInstance(key, query, snapshot, service, verdicts.all(), verdicts.hint());
    }

    private Explanation absent(
            InstanceKey key, CatalogQuery query, CatalogSnapshot snapshot, ServiceState service, Asker asker) {
        Removals.Removal removal = removals.removal(key);
        if (removal == null) {
            Verdict never = new Verdict(EXISTS, false, "not registered, and not removed lately");
            return ofInstance(
                    key, query, snapshot, service, List.of(never, InstanceVerdicts.acl(asker)), whoIs(service));
        }
        String at = InstanceJson.time(removal.at());
        Verdict removed = new Verdict(
                EXISTS, false, "removed at " + at + " (incarnation " + removal.incarnation() + ")", json -> {
                    json.writeStringField("removedAt", at);
                    json.writeNumberField("incarnation", removal.incarnation());
                });
        String hint = "it has to register again; its next heartbeat is answered with that";
        return ofInstance(key, query, snapshot, service, List.of(removed, InstanceVerdicts.acl(asker)), hint);
    }

    /** A mistyped id is seen at once beside the right ones. */
    private static String whoIs(ServiceState service) {
        if (service.size() == 0) {
            return nothingAt(service.key());
        }
        String ids = service.instances().stream()
                .limit(MAX_NAMED)
                .map(entry -> entry.instance().key().id().value())
                .collect(Collectors.joining(", "));
        int more = service.size() - MAX_NAMED;
        return "look at the id: registered are " + ids + (more > 0 ? " and " + more + " more" : "");
    }

    private static String nothingAt(ServiceKey service) {
        return "nothing is registered at '" + service + "': look at the name and the namespace";
    }

    private Explanation ofInstance(
            InstanceKey key,
            CatalogQuery query,
            CatalogSnapshot snapshot,
            ServiceState service,
            List<Verdict> verdicts,
            @Nullable String hint) {
        long index = service.indexes().index(query.statuses());
        byte[] body = JsonBytes.write(json -> {
            writeStart(json, key.service(), index);
            json.writeStringField("instance", key.id().value());
            json.writeBooleanField("returned", verdicts.stream().allMatch(Verdict::ok));
            json.writeArrayFieldStart("steps");
            for (Verdict verdict : verdicts) {
                verdict.write(json);
            }
            json.writeEndArray();
            writeEnd(json, hint);
        });
        return new Explanation(body, index, snapshot.appliedIndex());
    }

    /**
     * Explains how many instances of a service are left after each step of a query.
     *
     * @param key any service
     * @param query the query; its page does not count
     * @param asker for whom
     * @return with a count for each step
     */
    public Explanation service(ServiceKey key, CatalogQuery query, Asker asker) {
        CatalogSnapshot snapshot = view.current();
        ServiceState service = stateOf(snapshot, key);
        long index = service.indexes().index(query.statuses());
        List<Gate> gates = Gate.of(query.selection());
        int[] passed = asker.maySee() ? passed(gates, service) : new int[gates.size()];
        int returned = passed[gates.size() - 1];
        byte[] body = JsonBytes.write(json -> {
            writeStart(json, key, index);
            json.writeNumberField("registered", service.size());
            json.writeArrayFieldStart("steps");
            writeCount(json, "acl", asker.maySee() ? service.size() : 0);
            for (int i = 0; i < passed.length; i++) {
                writeCount(json, gates.get(i).name(), passed[i]);
            }
            json.writeEndArray();
            json.writeNumberField("returned", returned);
            writeEnd(
                    json,
                    returned > 0
                            ? null
                            : asker.maySee() ? whyNone(key, service.size(), gates, passed) : asker.reason());
        });
        return new Explanation(body, index, snapshot.appliedIndex());
    }

    /** How many instances are left after each gate. */
    private static int[] passed(List<Gate> gates, ServiceState service) {
        int[] passed = new int[gates.size()];
        for (InstanceEntry entry : service.instances()) {
            for (int i = 0; i < passed.length && gates.get(i).passes().test(entry.instance()); i++) {
                passed[i]++;
            }
        }
        return passed;
    }

    private static String whyNone(ServiceKey key, int registered, List<Gate> gates, int[] passed) {
        if (registered == 0) {
            return nothingAt(key);
        }
        int last = 0;
        while (passed[last] > 0) {
            last++;
        }
        int before = last == 0 ? registered : passed[last - 1];
        return "of " + registered + " registered the last " + before + " went at "
                + gates.get(last).name() + "; instance=ID explains one of them";
    }

    private static ServiceState stateOf(CatalogSnapshot snapshot, ServiceKey key) {
        ServiceState state = snapshot.service(key);
        return state == null ? ServiceState.empty(key) : state;
    }

    private void writeStart(JsonGenerator json, ServiceKey key, long index) throws IOException {
        json.writeStartObject();
        json.writeStringField("namespace", key.namespace().value());
        json.writeStringField("name", key.name().value());
        json.writeNumberField("index", index);
        json.writeStringField("node", nodeId);
        json.writeNumberField("dataAgeMillis", consistency.dataAgeMillis());
    }

    private static void writeCount(JsonGenerator json, String step, int passed) throws IOException {
        json.writeStartObject();
        json.writeStringField("step", step);
        json.writeNumberField("passed", passed);
        json.writeEndObject();
    }

    private static void writeEnd(JsonGenerator json, @Nullable String hint) throws IOException {
        json.writeStringField("hint", hint);
        json.writeEndObject();
    }
}
