package io.rollcall.chaos;

import io.rollcall.chaos.cluster.FreePorts;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.report.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the runs of one instance follow each other, at one of two ports that nobody else uses. One thread does things to it. */
final class Place implements AutoCloseable {

    private final ClientTrial trial;
    private final InstanceRef instance;
    private final List<Integer> ports = FreePorts.find(2);
    private volatile @Nullable Replica replica;
    private int runs;
    private int port;

    Place(ClientTrial trial, InstanceRef instance) {
        this.trial = trial;
        this.instance = instance;
    }

    InstanceRef instance() {
        return instance;
    }

    /** Starts the next run, at the address of the one before or at another one. */
    void start(boolean moves) {
        port = moves ? (port + 1) % ports.size() : port;
        replica = Replica.start(trial, instance, ++runs, ports.get(port));
    }

    void leave() {
        running().leave();
        replica = null;
        trial.recorder().count(Figure.DEPARTURES, 1);
    }

    void die() {
        running().die();
        replica = null;
        trial.recorder().count(Figure.DEATHS, 1);
    }

    private Replica running() {
        Replica current = replica;
        if (current == null) {
            throw new IllegalStateException(instance + " does not run");
        }
        return current;
    }

    @Override
    public void close() {
        Replica current = replica;
        if (current != null) {
            current.close();
        }
    }
}
