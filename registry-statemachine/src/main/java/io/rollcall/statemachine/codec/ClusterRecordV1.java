package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.ClusterRecord;
import java.util.List;

/** {@link ClusterRecord}, version 1. */
record ClusterRecordV1(String clusterId, int featureLevel, List<MemberV1> members) {

    static ClusterRecordV1 of(ClusterRecord cluster) {
        return new ClusterRecordV1(
                cluster.clusterId(),
                cluster.featureLevel(),
                cluster.members().stream().map(MemberV1::of).toList());
    }

    ClusterRecord thaw() {
        return new ClusterRecord(
                clusterId, featureLevel, members.stream().map(MemberV1::thaw).toList());
    }
}
