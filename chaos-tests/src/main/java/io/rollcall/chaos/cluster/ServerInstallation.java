package io.rollcall.chaos.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A packaged server that can be started.
 *
 * @param lib the folder of its jars
 */
public record ServerInstallation(Path lib) {

    /** The system property that names the packaged server's folder. */
    public static final String PROPERTY = "rollcall.test.server";

    /** The option behind the JVM's own ones. */
    static final String JAR = "-jar";

    private static final Path BUILT = Path.of("registry-server", "target", "rollcall");
    private static final String SERVER = "rollcall-server.jar";

    /** Small nodes: three of them and the driver share two cores. */
    private static final List<String> JVM_FLAGS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    /**
     * Finds the server: where {@value #PROPERTY} says, else what the build left in this checkout.
     *
     * @return the installation
     * @throws IllegalStateException if there is none; package {@code registry-server} first
     */
    public static ServerInstallation locate() {
        String given = System.getProperty(PROPERTY);
        Path here = Path.of("").toAbsolutePath();
        Stream<Path> candidates = given != null && !given.isEmpty()
                ? Stream.of(Path.of(given))
                : Stream.of(here, here.getParent()).map(folder -> folder.resolve(BUILT));
        return candidates
                .map(folder -> folder.resolve("lib"))
                .filter(Files::isDirectory)
                .findFirst()
                .map(ServerInstallation::new)
                .orElseThrow(() -> new IllegalStateException(
                        "no packaged server below " + here + ": run `mvn package -pl registry-server -am`, or name its"
                                + " folder with -D" + PROPERTY + "=…"));
    }

    /**
     * Returns the command line of a node.
     *
     * @param launch how it is started
     * @param peers all members, as the server wants them
     * @return the words
     */
    List<String> command(NodeLaunch launch, String peers) {
        NodeAddress address = launch.address();
        List<String> command = new ArrayList<>(launch.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(ClassArchive.options(lib));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(launch.jvmOptions());
        command.addAll(List.of(JAR, lib.resolve(SERVER).toString()));
        command.addAll(List.of("--id", address.id(), "--http", address.httpListener()));
        command.addAll(List.of("--raft", address.raftListener(), "--peers", peers));
        command.addAll(List.of("--data", launch.data().toString()));
        return command;
    }
}
