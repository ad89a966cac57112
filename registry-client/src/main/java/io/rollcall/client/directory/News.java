package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import java.util.List;
import java.util.Set;

/**
 * What the registry says of a service.
 *
 * @param index registry index of its last change
 * @param upTo registry index up to which that is so; {@code index} or above
 * @param instances immutable, sorted by id
 * @param source how it was learnt
 * @param knownAtNanos when it was so, by the lane's time
 * @param connection the stream's connection that told it; 0 for an answer
 * @param removed what the event says to be removed; none for what is no change
 * @param isAnew whether the stream says that it begins anew at whatever index, since no node knows what it was told before
 */
record News(
        long index,
        long upTo,
        List<Instance> instances,
        ViewSource source,
        long knownAtNanos,
        long connection,
        Set<InstanceId> removed,
        boolean isAnew) {

    static News answer(long index, long upTo, List<Instance> instances, long knownAtNanos) {
        return new News(index, Math.max(index, upTo), instances, ViewSource.POLL, knownAtNanos, 0, Set.of(), false);
    }

    boolean isEmpty() {
        return instances.isEmpty();
    }
}
