package io.rollcall.server.app;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.query.Filter;
import io.rollcall.server.query.Selection;
import io.rollcall.server.query.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each step of a query says of an instance that is registered, and what would change it. */
final class InstanceVerdicts {

    private static final double MILLIS_OF_SECOND = 1_000.0;

    private final Instance instance;
    private final Selection selection;
    private final Sight sight;
    private final Asker asker;

    /**
     * What this node knows of the instance beside its state.
     *
     * @param lastHeartbeatMillis milliseconds since 1970; 0 if unknown
     * @param nowMillis by this node's clock
     * @param counted of its health check; null if unknown
     */
    record Sight(long lastHeartbeatMillis, long nowMillis, CheckCounts.@Nullable Counted counted) {}

    InstanceVerdicts(Instance instance, Selection selection, Sight sight, Asker asker) {
        this.instance = instance;
        this.selection = selection;
        this.sight = sight;
        this.asker = asker;
    }

    List<Verdict> all() {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(exists());
        verdicts.add(acl(asker));
        verdicts.add(lease());
        verdicts.add(health());
        selection.steps().forEach(step -> verdicts.add(verdict(step)));
        return verdicts;
    }

    private Verdict exists() {
        String since = InstanceJson.time(instance.registrationTime());
        return new Verdict(
                "exists", true, "registered at " + since + " (incarnation " + instance.incarnation() + ")", json -> {
                    json.writeNumberField("incarnation", instance.incarnation());
                    json.writeStringField("registrationTime", since);
                    json.writeNumberField("createIndex", instance.createIndex());
                    json.writeNumberField("modifyIndex", instance.modifyIndex());
                });
    }

    static Verdict acl(Asker asker) {
        return new Verdict("acl", asker.maySee(), asker.reason());
    }

    private Verdict lease() {
        boolean ok = Gate.passes(selection, instance, StatusCause.LEASE);
        Duration ttl = instance.registration().ttl();
        if (ttl.isZero()) {
            return new Verdict(
                    Gate.LEASE, ok, "needs no heartbeats (ttl 0s)", json -> json.writeStringField("ttl", "0s"));
        }
        long heard = sight.lastHeartbeatMillis();
        long age = Math.max(0, sight.nowMillis() - heard);
        return new Verdict(Gate.LEASE, ok, leaseDetail(heard > 0, age, Durations.format(ttl)), json -> {
            json.writeStringField("ttl", Durations.format(ttl));
            json.writeBooleanField("lapsed", instance.leaseLapsed());
            json.writeBooleanField("suspect", instance.suspect());
            if (heard > 0) {
                json.writeStringField("lastHeartbeat", InstanceJson.time(Instant.ofEpochMilli(heard)));
                json.writeNumberField("lastHeartbeatAgeMillis", age);
            }
        });
    }

    private String leaseDetail(boolean isHeard, long ageMillis, String ttl) {
        String heard = isHeard
                ? String.format(Locale.ROOT, "last heard %.1f s ago", ageMillis / MILLIS_OF_SECOND)
                : "when it was last heard is not known here";
        String state = instance.leaseLapsed() ? "lapsed" : "in force";
        String doubt = instance.suspect() ? "; suspect: the registry doubts itself and holds its expiry back" : "";
        return state + ", " + heard + ", the ttl is " + ttl + doubt;
    }

    private Verdict health() {
        boolean ok = Gate.passes(selection, instance, StatusCause.HEALTH);
        HealthCheck check = instance.registration().healthCheck();
        if (check == null) {
            return new Verdict(
                    Gate.HEALTH, ok, "registered without a health check", json -> json.writeNullField("check"));
        }
        return new Verdict(Gate.HEALTH, ok, healthDetail(check), json -> {
            json.writeStringField("check", checkState());
            json.writeStringField("type", check.type().wireName());
            json.writeStringField("endpoint", check.endpoint());
            json.writeNumberField("retries", check.retries());
            CheckCounts.Counted counted = sight.counted();
            if (counted != null) {
                json.writeNumberField("failures", counted.failures());
                json.writeNumberField("successes", counted.successes());
            }
            if (StatusCause.of(instance) == StatusCause.HEALTH) {
                json.writeStringField("reason", instance.statusReason());
                json.writeStringField("since", InstanceJson.time(instance.statusSince()));
            }
        });
    }

    private String healthDetail(HealthCheck check) {
        String what = (check.type().wireName() + " check " + check.endpoint()).strip() + " is " + checkState();
        String why = StatusCause.of(instance) == StatusCause.HEALTH
                ? " since " + InstanceJson.time(instance.statusSince()) + ": " + instance.statusReason()
                : "";
        CheckCounts.Counted counted = sight.counted();
        String failing = counted == null || counted.failures() == 0
                ? ""
                : "; " + counted.failures() + " of " + check.retries() + " failures in a row";
        return what + why + failing;
    }

    private String checkState() {
        return instance.check() == null ? "unproven" : instance.check().name().toLowerCase(Locale.ROOT);
    }

    private Verdict verdict(Step step) {
        boolean ok = step.passes(instance);
        if (step instanceof Step.OfStatus) {
            return status(step, ok);
        }
        if (step instanceof Step.OfFilter ofFilter) {
            return filter(ofFilter, ok);
        }
        String actual = step.actual(instance);
        String has = actual == null || actual.isEmpty() ? "has none" : "is " + actual;
        return new Verdict(step.name(), ok, has + (ok ? "" : ", asked for is " + step.wanted()), json -> {
            json.writeStringField("wanted", step.wanted());
            json.writeStringField("actual", actual);
        });
    }

    private Verdict status(Step step, boolean ok) {
        String since = InstanceJson.time(instance.statusSince());
        String what = instance.status().wireName() + " since " + since + ": " + instance.statusReason();
        return new Verdict(step.name(), ok, what + (ok ? "" : "; asked for is " + step.wanted()), json -> {
            json.writeStringField("wanted", step.wanted());
            json.writeStringField("actual", step.actual(instance));
            json.writeStringField("reason", instance.statusReason());
            json.writeStringField("since", since);
        });
    }

    private Verdict filter(Step.OfFilter step, boolean ok) {
        if (ok) {
            return new Verdict(step.name(), true, "holds", json -> json.writeStringField("wanted", step.wanted()));
        }
        Filter.Failure failure = step.filter().failure(instance);
        String actual = failure.actual();
        String detail = "does not hold: " + failure.part() + (actual == null ? "" : ", it is " + actual);
        return new Verdict(step.name(), false, detail, json -> {
            json.writeStringField("wanted", step.wanted());
            json.writeStringField("failed", failure.part());
            if (actual != null) {
                json.writeStringField("actual", actual);
            }
        });
    }

    /** What would return the instance, or what is to be known of one that is returned; null if nothing. */
    @Nullable
    String hint() {
        List<Step> failing = selection.steps().stream()
                .filter(step -> !step.passes(instance))
                .toList();
        if (!failing.isEmpty()) {
            return "it would be returned " + changes(failing);
        }
        if (instance.suspect()) {
            return "it is returned, flagged suspect: callers may prefer others";
        }
        return instance.registration().weight() == 0
                ? "it is returned with weight 0: load balancers send it nothing new"
                : null;
    }

    private static String changes(List<Step> failing) {
        boolean isOfStatus = failing.get(0) instanceof Step.OfStatus;
        String others =
                failing.stream().skip(isOfStatus ? 1 : 0).map(Step::name).collect(Collectors.joining(", "));
        String without = others.isEmpty() ? "" : "without asking for " + others;
        return isOfStatus ? "with status=any" + (without.isEmpty() ? "" : " and " + without) : without;
    }
}
