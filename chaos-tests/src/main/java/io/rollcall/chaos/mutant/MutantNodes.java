package io.rollcall.chaos.mutant;

import io.rollcall.chaos.cluster.NodeLaunch;
import io.rollcall.chaos.cluster.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** Surroundings in which all nodes, or some, are of a broken build. */
public final class MutantNodes implements Surroundings {

    /** The system property that names the folder of the packaged suite. */
    public static final String PROPERTY = "rollcall.test.chaos";

    private static final Path BUILT = Path.of("chaos-tests", "target", "rollcall-chaos");
    private static final String JAR = "rollcall-chaos.jar";

    private final Mutant mutant;
    private final Set<String> nodes;
    private final Path agent = agent();

    private MutantNodes(Mutant mutant, Set<String> nodes) {
        this.mutant = mutant;
        this.nodes = Set.copyOf(nodes);
    }

    /**
     * Breaks all nodes.
     *
     * @param mutant how
     * @return the surroundings
     */
    public static MutantNodes all(Mutant mutant) {
        return new MutantNodes(mutant, Set.of());
    }

    /**
     * Breaks one node.
     *
     * @param mutant how
     * @param node its id
     * @return the surroundings
     */
    public static MutantNodes only(Mutant mutant, String node) {
        return new MutantNodes(mutant, Set.of(node));
    }

    @Override
    public NodeLaunch surround(NodeLaunch launch) {
        boolean broken = nodes.isEmpty() || nodes.contains(launch.address().id());
        return broken ? launch.withJvmOptions("-javaagent:" + agent + "=" + mutant.label()) : launch;
    }

    @Override
    public void close() {}

    /**
     * Finds the agent: where {@value #PROPERTY} says, else what the build left in this checkout.
     *
     * @return its jar, with what it needs next to it
     * @throws IllegalStateException if there is none; package {@code chaos-tests} first
     */
    static Path agent() {
        String given = System.getProperty(PROPERTY, "");
        Path here = Path.of("").toAbsolutePath();
        Stream<Path> folders = given.isEmpty()
                ? Stream.of(here, here.getParent()).map(folder -> folder.resolve(BUILT))
                : Stream.of(Path.of(given).toAbsolutePath());
        return folders.map(folder -> folder.resolve("lib").resolve(JAR))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no agent below " + here
                        + ": run `mvn package -pl chaos-tests -am`, or name its folder with -D" + PROPERTY + "=…"));
    }
}
