package io.rollcall.server.raft;

import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.state.ClusterRecord;

/** Remembers what the cluster knows of itself, from the changes on their way to readers. */
final class ClusterTap implements ChangeSink {

    private final ChangeSink next;
    private volatile ClusterRecord cluster = ClusterRecord.UNFOUNDED;

    ClusterTap(ChangeSink next) {
        this.next = next;
    }

    ClusterRecord cluster() {
        return cluster;
    }

    int featureLevel() {
        return cluster.featureLevel();
    }

    @Override
    public void changed(ChangeBatch batch) {
        next.changed(batch);
        note(batch);
    }

    @Override
    public void reset(StateReset state) {
        next.reset(state);
        cluster = ClusterRecord.UNFOUNDED;
        note(state.position());
    }

    private void note(ChangeBatch batch) {
        batch.changes().forEach(change -> {
            if (change instanceof ClusterChanged changed) {
                cluster = new ClusterRecord(changed.clusterId(), changed.featureLevel(), changed.members());
            }
        });
    }
}
