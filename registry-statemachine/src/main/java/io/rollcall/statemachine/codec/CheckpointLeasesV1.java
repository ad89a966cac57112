package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.CheckpointLeases;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.LeaseAge;
import java.util.List;

/** {@link CheckpointLeases}, version 1. */
record CheckpointLeasesV1(long term, List<LeaseAgeV1> leases) implements CommandBody {

    /** How one lease stood. */
    record LeaseAgeV1(KeyV1 key, long incarnation, long lastHeartbeatMillis, long silentMillis) {

        static LeaseAgeV1 of(LeaseAge age) {
            return new LeaseAgeV1(
                    KeyV1.of(age.key()), age.incarnation(), age.lastHeartbeatMillis(), age.silentMillis());
        }

        LeaseAge thaw() {
            return new LeaseAge(key.thaw(), incarnation, lastHeartbeatMillis, silentMillis);
        }
    }

    static CheckpointLeasesV1 of(CheckpointLeases command) {
        return new CheckpointLeasesV1(
                command.term(), command.leases().stream().map(LeaseAgeV1::of).toList());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new CheckpointLeases(
                header, term, leases.stream().map(LeaseAgeV1::thaw).toList());
    }
}
