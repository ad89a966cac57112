package io.rollcall.server.view;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;

/** How many instances there are of each status and of each protocol. Immutable. */
@SuppressWarnings("EnumOrdinal") // positions in arrays in memory alone; nothing of it is stored or sent
public final class StatusCounts {

    static final StatusCounts NONE =
            new StatusCounts(new int[InstanceStatus.values().length], new int[Protocol.values().length]);

    private final int[] byStatus;
    private final int[] byProtocol;

    private StatusCounts(int[] byStatus, int[] byProtocol) {
        this.byStatus = byStatus;
        this.byProtocol = byProtocol;
    }

    StatusCounts plus(StatusCounts other) {
        return new StatusCounts(sum(byStatus, other.byStatus), sum(byProtocol, other.byProtocol));
    }

    private static int[] sum(int[] left, int[] right) {
        int[] sum = left.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    /**
     * Returns how many have a status.
     *
     * @param status which
     * @return 0 or more
     */
    public int of(InstanceStatus status) {
        return byStatus[status.ordinal()];
    }

    /**
     * Returns how many speak a protocol.
     *
     * @param protocol which
     * @return 0 or more
     */
    public int of(Protocol protocol) {
        return byProtocol[protocol.ordinal()];
    }

    /** Counts in the making. */
    static final class Builder {
        private final int[] byStatus;
        private final int[] byProtocol;

        Builder(StatusCounts base) {
            byStatus = base.byStatus.clone();
            byProtocol = base.byProtocol.clone();
        }

        void add(Instance instance, int difference) {
            byStatus[instance.status().ordinal()] += difference;
            byProtocol[instance.registration().protocol().ordinal()] += difference;
        }

        StatusCounts build() {
            return new StatusCounts(byStatus, byProtocol);
        }
    }
}
