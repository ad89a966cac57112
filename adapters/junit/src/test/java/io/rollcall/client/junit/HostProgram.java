package io.rollcall.client.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stands for a JVM of tests that is killed: it starts a registry, and never ends it. */
final class HostProgram {

    private HostProgram() {}

    /** Its one argument is the file that takes the node's process id once the node is ready. */
    public static void main(String[] words) throws IOException, InterruptedException {
        var cluster = RunningCluster.start(ClusterSettings.defaults());
        var fresh = Path.of(words[0] + ".fresh");
        Files.writeString(fresh, Long.toString(cluster.node(1).pid()));
        Files.move(fresh, Path.of(words[0]));
        new CountDownLatch(1).await();
    }
}
