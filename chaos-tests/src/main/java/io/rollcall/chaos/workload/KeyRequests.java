package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.InstanceState;
import io.rollcall.chaos.history.Observation.Action;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The requests of a {@link KeyLoad}, and what their answers show. */
final class KeyRequests {

    private KeyRequests() {}

    /**
     * A request before it is sent.
     *
     * @param action what is asked
     * @param target of which instance; of a list, the service with an empty id
     * @param value what is registered, which is the request id as well; empty for reads
     * @param expected of a swap: the value that has to be there
     * @param linearizable whether a read is
     * @param minIndex which index a read waits for; 0 for none
     * @param request what is sent
     */
    record Planned(
            Action action,
            InstanceRef target,
            String value,
            String expected,
            boolean linearizable,
            long minIndex,
            ApiRequest request) {

        boolean isWrite() {
            return action != Action.READ && action != Action.LIST;
        }
    }

    static Planned register(InstanceRef target, String value) {
        ApiRequest request = Requests.register(value, target, false).request();
        return new Planned(Action.REGISTER, target, value, "", false, 0, request);
    }

    static Planned create(InstanceRef target, String value) {
        ApiRequest request = Requests.register(value, target, true).request();
        return new Planned(Action.CREATE, target, value, "", false, 0, request);
    }

    static Planned swap(InstanceRef target, String value, String expected, long modifyIndex) {
        ApiRequest plain = Requests.register(value, target, false).request();
        Map<String, String> headers = new LinkedHashMap<>(plain.headers());
        headers.put("If-Match", "\"" + modifyIndex + "\"");
        ApiRequest request = new ApiRequest(plain.method(), plain.path(), plain.body(), headers);
        return new Planned(Action.SWAP, target, value, expected, false, 0, request);
    }

    static Planned deregister(InstanceRef target, String requestId) {
        ApiRequest request = Requests.deregister(requestId, target).request();
        return new Planned(Action.DEREGISTER, target, requestId, "", false, 0, request);
    }

    static Planned read(InstanceRef target, boolean linearizable, long minIndex) {
        ApiRequest request = Requests.read(target, linearizable ? "linearizable" : "stale");
        return new Planned(
                Action.READ,
                target,
                "",
                "",
                linearizable,
                linearizable ? 0 : minIndex,
                waiting(request, linearizable, minIndex));
    }

    static Planned list(String service, boolean linearizable, long minIndex) {
        ApiRequest request = ApiRequest.get(Paths.SERVICES + "/" + service + "?status=any&consistency="
                + (linearizable ? "linearizable" : "stale"));
        return new Planned(
                Action.LIST,
                new InstanceRef(service, ""),
                "",
                "",
                linearizable,
                linearizable ? 0 : minIndex,
                waiting(request, linearizable, minIndex));
    }

    private static ApiRequest waiting(ApiRequest request, boolean linearizable, long minIndex) {
        return linearizable || minIndex == 0 ? request : ApiRequest.get(request.path() + "&minIndex=" + minIndex);
    }

    /** What an answer shows: the values that are there, by id. Empty for writes. */
    static Map<String, String> seen(Planned planned, Answer answer) {
        Map<String, String> seen = new HashMap<>();
        if (!planned.isWrite()) {
            instances(planned, answer).forEach((id, instance) -> seen.put(id, valueOf(instance)));
        }
        return seen;
    }

    /** The incarnations of all instances in an answer, by id. */
    static Map<String, Long> incarnations(Planned planned, Answer answer) {
        Map<String, Long> incarnations = new HashMap<>();
        instances(planned, answer)
                .forEach((id, instance) ->
                        incarnations.put(id, instance.path("incarnation").asLong()));
        return incarnations;
    }

    private static Map<String, JsonNode> instances(Planned planned, Answer answer) {
        Map<String, JsonNode> instances = new HashMap<>();
        if (planned.action() == Action.LIST) {
            for (JsonNode instance : answer.body().path("instances")) {
                instances.put(instance.path("id").asText(), instance);
            }
        } else if (answer.status() < 400 && answer.body().has("incarnation")) {
            instances.put(planned.target().id(), answer.body());
        }
        return instances;
    }

    static String valueOf(JsonNode instance) {
        return instance.path("metadata").path(InstanceState.MARK).asText();
    }
}
