package io.rollcall.server.leader;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.app.JsonBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the expiry governor holds back, and why, and until when, as JSON. */
final class ExpiryReport {

    /** Services that are named; the sums count all. */
    private static final int SERVICES_MAX = 1_000;

    private ExpiryReport() {}

    static byte[] of(LeaderTerm term, boolean release) {
        synchronized (term.lock) {
            term.catchUp();
            if (release) {
                term.governor.release();
            }
            CheckDuty.Report checks = term.checks.report(release);
            return JsonBytes.write(json -> write(json, term, checks));
        }
    }

    private static void write(JsonGenerator json, LeaderTerm term, CheckDuty.Report checks) throws IOException {
        List<ServiceLeases> held = new ArrayList<>();
        for (ServiceLeases service : term.table.services()) {
            if (service.hold != null || service.held > 0) {
                held.add(service);
            }
        }
        held.sort(Comparator.comparing(service -> service.key));
        Hold widest = widest(term.governor.global(), held);
        if (widest == null) {
            widest = checks.hold();
        }
        json.writeStartObject();
        json.writeStringField("mode", mode(term, held, checks));
        writeHold(json, widest);
        json.writeNumberField("candidates", term.table.late());
        json.writeNumberField("held", term.table.held());
        json.writeArrayFieldStart("perService");
        for (ServiceLeases service : held.subList(0, Math.min(held.size(), SERVICES_MAX))) {
            writeService(json, service, term.governor.global());
        }
        json.writeEndArray();
        writeFigures(json, term, checks);
        json.writeEndObject();
    }

    private static String mode(LeaderTerm term, List<ServiceLeases> held, CheckDuty.Report checks) {
        boolean holding = checks.hold() != null
                || term.governor.isHoldingAll()
                || held.stream().anyMatch(term.governor::holdsNow);
        boolean releasing = !holding && (term.governor.global() != null || !held.isEmpty());
        return holding ? "holding" : releasing ? "releasing" : "idle";
    }

    private static @Nullable Hold widest(@Nullable Hold global, List<ServiceLeases> held) {
        if (global != null) {
            return global;
        }
        Hold latest = null;
        for (ServiceLeases service : held) {
            Hold hold = service.hold;
            if (hold != null && (latest == null || hold.endsAtNanos > latest.endsAtNanos)) {
                latest = hold;
            }
        }
        return latest;
    }

    private static void writeHold(JsonGenerator json, @Nullable Hold hold) throws IOException {
        json.writeStringField("reason", hold == null ? "" : hold.reason);
        json.writeStringField("since", hold == null ? null : time(hold.since));
        json.writeStringField("endsBy", hold == null ? null : time(hold.endsBy));
    }

    private static String time(Instant instant) {
        return InstanceJson.time(instant);
    }

    private static void writeService(JsonGenerator json, ServiceLeases service, @Nullable Hold global)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("namespace", service.key.namespace().value());
        json.writeStringField("name", service.key.name().value());
        json.writeNumberField("instances", service.running);
        json.writeNumberField("overdue", service.late);
        json.writeNumberField("held", service.held);
        writeHold(json, service.hold == null ? global : service.hold);
        json.writeEndObject();
    }

    private static void writeFigures(JsonGenerator json, LeaderTerm term, CheckDuty.Report checks) throws IOException {
        json.writeObjectFieldStart("figures");
        json.writeNumberField("term", term.term);
        json.writeNumberField("leases", term.table.running());
        json.writeNumberField("waiting", term.expirer.waiting());
        json.writeNumberField("removalsPending", term.removals.size());
        json.writeNumberField("checks", checks.watched());
        json.writeNumberField("checksFailing", checks.failing());
        json.writeNumberField("checksHeld", checks.held());
        json.writeNumberField("heartbeats", term.pace.total());
        json.writeNumberField("lapsed", term.expirer.lapsed());
        json.writeNumberField("removed", term.removed());
        json.writeNumberField("verdictsTaken", term.verdicts.takenCount());
        json.writeNumberField("verdictsFenced", term.verdicts.fencedCount());
        json.writeNumberField("holds", term.governor.holds());
        json.writeNumberField("pauses", term.clock.pauses());
        json.writeEndObject();
    }
}
