package io.rollcall.chaos.workload;

import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.InstanceState;
import io.rollcall.chaos.history.PlannedWrite;
import java.util.List;
import java.util.stream.Collectors;

/** The requests that the workloads and scenarios send. What they register lives without a heartbeat. */
public final class Requests {

    private Requests() {}

    /**
     * Registers one instance.
     *
     * @param requestId its request id and mark
     * @param target which
     * @param strict true: by POST, so that a second one of the same id would be refused; false: by PUT
     * @return the write
     */
    public static PlannedWrite register(String requestId, InstanceRef target, boolean strict) {
        String instances = Paths.SERVICES + "/" + target.service() + "/instances";
        ApiRequest request = strict
                ? ApiRequest.post(instances, instance(requestId, target))
                : ApiRequest.put(instances + "/" + target.id(), instance(requestId, target));
        return new PlannedWrite(requestId, List.of(target), true, request.withRequestId(requestId));
    }

    /**
     * Registers several new instances at once.
     *
     * @param requestId its request id and mark
     * @param targets which
     * @param atomic all or none
     * @return the write
     */
    public static PlannedWrite batch(String requestId, List<InstanceRef> targets, boolean atomic) {
        String body = targets.stream()
                .map(target -> instance(requestId, target))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
        ApiRequest request = ApiRequest.post(Paths.REGISTRATIONS + (atomic ? "?atomic=true" : ""), body);
        return new PlannedWrite(requestId, targets, true, request.withRequestId(requestId));
    }

    /**
     * Deregisters one instance.
     *
     * @param requestId its request id
     * @param target which
     * @return the write
     */
    public static PlannedWrite deregister(String requestId, InstanceRef target) {
        ApiRequest request = ApiRequest.delete(instancePath(target));
        return new PlannedWrite(requestId, List.of(target), false, request.withRequestId(requestId));
    }

    /**
     * Reads one instance.
     *
     * @param target which
     * @param consistency {@code stale} or {@code linearizable}
     * @return the request
     */
    public static ApiRequest read(InstanceRef target, String consistency) {
        return ApiRequest.get(instancePath(target) + "?consistency=" + consistency);
    }

    /**
     * Returns where the operator's word on an instance is.
     *
     * @param target which
     * @return the path
     */
    public static String statusPath(InstanceRef target) {
        return instancePath(target) + "/status";
    }

    private static String instancePath(InstanceRef target) {
        return Paths.SERVICES + "/" + target.service() + "/instances/" + target.id();
    }

    private static String instance(String mark, InstanceRef target) {
        int port = 1 + Math.floorMod(target.id().hashCode(), 65_535);
        return "{\"name\":\"" + target.service() + "\",\"id\":\"" + target.id() + "\",\"host\":\"10.1.2.3\",\"port\":"
                + port
                + ",\"ttl\":\"0s\",\"deregisterAfter\":\"0s\",\"metadata\":{\"" + InstanceState.MARK + "\":\"" + mark
                + "\"}}";
    }
}
