package io.rollcall.bench.suite;

import io.rollcall.bench.process.EtcdCluster;
import io.rollcall.bench.process.RollcallCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clusters that experiments share, each started when it is first asked for. */
final class TestBed implements AutoCloseable {

    static final int MEMBERS = 3;

    private static final String JVM_OPTIONS = "ROLLCALL_JAVA_OPTS";

    private final SuiteOptions options;
    private @Nullable RollcallCluster rollcall;
    private @Nullable EtcdCluster etcd;
    private boolean rollcallHasDataset;
    private boolean etcdHasDataset;
    private int clusters;

    TestBed(SuiteOptions options) {
        this.options = options;
    }

    SuiteOptions options() {
        return options;
    }

    /** The registry, three members. */
    RollcallCluster rollcall() {
        if (rollcall == null) {
            rollcall = newRollcall(MEMBERS, options.nodeJvmOptions());
        }
        return rollcall;
    }

    /** The peer, three members, if it is installed. */
    Optional<EtcdCluster> etcd() {
        if (etcd == null) {
            etcd = newEtcd().orElse(null);
        }
        return Optional.ofNullable(etcd);
    }

    /** The registry, with what discovery is measured on. */
    RollcallCluster rollcallWithDataset() {
        var cluster = rollcall();
        if (!rollcallHasDataset) {
            Dataset.loadRollcall(cluster.address(cluster.leader()));
            rollcallHasDataset = true;
        }
        return cluster;
    }

    /** The peer, with the same. */
    Optional<EtcdCluster> etcdWithDataset() {
        var cluster = etcd();
        if (!etcdHasDataset) {
            cluster.ifPresent(members -> Dataset.loadEtcd(members.address(members.leader())));
            etcdHasDataset = true;
        }
        return cluster;
    }

    /** A cluster of the registry with variables of its own, which the caller closes. */
    RollcallCluster newRollcall(int members, Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put(JVM_OPTIONS, options.nodeJvmOptions());
        return start(members, environment);
    }

    /** A cluster of the registry that the caller closes. */
    RollcallCluster newRollcall(int members, String jvmOptions) {
        return start(members, Map.of(JVM_OPTIONS, jvmOptions));
    }

    private RollcallCluster start(int members, Map<String, String> variables) {
        Progress.say("starting " + members + " node(s) of rollcall");
        var folder = options.folder().resolve("rollcall-" + ++clusters);
        // What runs was built when the benchmark was; nobody wants a build in the middle of it.
        var environment = new HashMap<>(variables);
        environment.put("ROLLCALL_BUILD", "never");
        return RollcallCluster.start(folder, options.serverCommand(), environment, members);
    }

    /** A cluster of the registry with all that protects it, which the caller closes. */
    RollcallCluster newSecuredRollcall(int members) {
        Progress.say("starting " + members + " node(s) of rollcall, secured");
        var folder = options.folder().resolve("rollcall-" + ++clusters);
        var environment = Map.of(
                JVM_OPTIONS,
                options.nodeJvmOptions(),
                "ROLLCALL_BUILD",
                "never",
                // One caller owns all that is registered.
                "ROLLCALL_QUOTA_INSTANCES_PER_IDENTITY",
                "10000000");
        return RollcallCluster.startSecured(folder, options.serverCommand(), environment, members);
    }

    /** A cluster of the peer that the caller closes, if it is installed. */
    Optional<EtcdCluster> newEtcd() {
        return EtcdCluster.installed().map(binary -> {
            Progress.say("starting " + MEMBERS + " members of etcd");
            return EtcdCluster.start(options.folder().resolve("etcd-" + ++clusters), binary, MEMBERS);
        });
    }

    @Override
    public void close() {
        stopShared();
    }

    /** Stops the shared clusters: what follows has the machine for itself. */
    void stopShared() {
        if (rollcall != null) {
            rollcall.close();
            rollcall = null;
            rollcallHasDataset = false;
        }
        if (etcd != null) {
            etcd.close();
            etcd = null;
            etcdHasDataset = false;
        }
    }
}
