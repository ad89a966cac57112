package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.FoundCluster;
import io.rollcall.statemachine.command.CommandHeader;

/** {@link FoundCluster}, version 1. */
record FoundClusterV1(String clusterId) implements CommandBody {

    static FoundClusterV1 of(FoundCluster command) {
        return new FoundClusterV1(command.clusterId());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new FoundCluster(header, clusterId);
    }
}
