package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Durations;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.LeaseEvent.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The requests of a {@link Fleet}, and what is read from their answers. */
final class FleetRequests {

    private static final String HEARTBEATS = Paths.BASE + "/heartbeats";

    private FleetRequests() {}

    /** Registers instances at once, all or none. */
    static ApiRequest enrol(String requestId, List<Member> members, Fleet.Plan plan) {
        String body = members.stream()
                .map(member -> registration(member.ref(), plan))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        return ApiRequest.post(Paths.REGISTRATIONS + "?atomic=true", body).withRequestId(requestId);
    }

    private static String registration(InstanceRef ref, Fleet.Plan plan) {
        return "{\"name\":\"" + ref.service() + "\",\"id\":\"" + ref.id() + "\"," + address(ref, plan) + ",\"ttl\":\""
                + Durations.format(plan.ttl()) + "\",\"deregisterAfter\":\"" + Durations.format(plan.deregisterAfter())
                + "\"" + check(ref, plan) + "}";
    }

    private static String address(InstanceRef ref, Fleet.Plan plan) {
        int port = plan.check()
                .map(Fleet.Check::port)
                .orElseGet(() -> 1 + Math.floorMod(ref.id().hashCode(), 65_535));
        String host = plan.check().isPresent() ? "127.0.0.1" : "10.1.2.3";
        return "\"host\":\"" + host + "\",\"port\":" + port + ",\"protocol\":\"http\"";
    }

    private static String check(InstanceRef ref, Fleet.Plan plan) {
        return plan.check()
                .map(check -> ",\"healthCheck\":{\"type\":\"http\",\"endpoint\":\"" + ProbeTarget.path(ref)
                        + "\",\"interval\":\"" + Durations.format(check.interval()) + "\",\"timeout\":\""
                        + Durations.format(check.timeout()) + "\",\"retries\":" + check.retries() + ",\"successes\":"
                        + check.successes() + "}")
                .orElse("");
    }

    /** A sign of life of one instance by its own route. */
    static ApiRequest beat(Member member) {
        String path = Paths.SERVICES + "/" + member.ref().service() + "/instances/"
                + member.ref().id() + "/heartbeat?incarnation=" + member.incarnation();
        return new ApiRequest("PUT", path, null, Map.of());
    }

    /** A sign of life of many. */
    static ApiRequest beat(List<Member> members) {
        String body = members.stream()
                .map(member -> "{\"name\":\"" + member.ref().service() + "\",\"id\":\""
                        + member.ref().id() + "\",\"incarnation\":" + member.incarnation() + "}")
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        return ApiRequest.post(HEARTBEATS, body);
    }

    /** Who was not renewed by a batch that was. */
    static List<Refusal> refusals(Answer answer) {
        List<Refusal> refusals = new ArrayList<>();
        for (JsonNode item : answer.body().path("failed")) {
            refusals.add(new Refusal(
                    new InstanceRef(item.path("name").asText(), item.path("id").asText()),
                    item.path("code").asText(),
                    item.path("action").asText()));
        }
        return refusals;
    }

    /** The refusal of the one instance that was asked for. */
    static Refusal refusal(InstanceRef instance, Answer answer) {
        return new Refusal(instance, answer.code(), answer.body().path("action").asText());
    }

    /** The time between two beats, as providers of a registry choose it. */
    static Duration interval(Fleet.Plan plan) {
        return plan.ttl().dividedBy(3);
    }
}
