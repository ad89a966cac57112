package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.Surroundings;
import io.rollcall.chaos.disk.LoopDisks;
import io.rollcall.chaos.network.LinkedNetwork;
import io.rollcall.chaos.shim.SystemShim;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a cluster lies in, so that faults can be done to it.
 *
 * @param network of the nodes' links
 * @param disks of the nodes; empty where there can be none
 * @param shim between nodes and operating system; empty where there can be none
 */
public record Bed(LinkedNetwork network, Optional<LoopDisks> disks, Optional<SystemShim> shim) {

    /** Log entries from one snapshot to the next. */
    static final int SNAPSHOT_ENTRIES = 300;

    private static final int DISK_MEGABYTES = 256;

    /**
     * All that this machine can do.
     *
     * @param name of the folders of what it needs
     * @param random for the links' delays and losses
     * @return to be put around one cluster
     */
    public static Bed best(String name, SplittableRandom random) {
        return new Bed(
                LinkedNetwork.create(random),
                LoopDisks.missing().isPresent() ? Optional.empty() : Optional.of(LoopDisks.named(name, DISK_MEGABYTES)),
                SystemShim.missing().isPresent() ? Optional.empty() : Optional.of(SystemShim.named(name)));
    }

    /**
     * Puts a cluster into it.
     *
     * @param options of the cluster
     * @return the options with it, and with logs that are cut early, so that snapshots are part of what is hit
     */
    public ClusterOptions around(ClusterOptions options) {
        ClusterOptions within = options.with("ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", Integer.toString(SNAPSHOT_ENTRIES))
                .with("ROLLCALL_RAFT_PURGE_PRESERVATION", "50")
                .with("ROLLCALL_RAFT_SEGMENT_SIZE", "128KiB");
        for (Surroundings around : Stream.of(disks, shim, Optional.of(network))
                .flatMap(each -> each.map(Surroundings.class::cast).stream())
                .toList()) {
            within = within.within(around);
        }
        return within;
    }
}
