package io.rollcall.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that outlives the driver, to clean up where the driver itself cannot: after its {@code kill -9}, when no shutdown
 * hook runs. It waits for the end of a pipe whose other end only the driver holds, and then runs what lies in a file.
 */
final class Guardian implements AutoCloseable {

    // Ctrl-C goes to the whole process group, and the driver cleans up after it by itself.
    private static final String SCRIPT = "trap '' INT TERM HUP; cat > /dev/null; sh \"$1\"";

    private final Path file;
    private final Process shell;

    Guardian(Path folder) {
        this.file = folder.resolve("clean-up.sh");
        write(List.of());
        try {
            this.shell = new ProcessBuilder("sh", "-c", SCRIPT, "rollcall-guardian", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a shell", e);
        }
    }

    /** Says what there is to clean up from now on: nodes that run, and what surrounds them. */
    synchronized void guard(List<NodeProcess> nodes, List<Surroundings> surroundings) {
        List<String> commands = new ArrayList<>();
        for (NodeProcess node : nodes) {
            // Only if the id still belongs to that node.
            node.runningPid()
                    .ifPresent(pid ->
                            commands.add("grep -q -- " + node.data() + " /proc/" + pid + "/cmdline && kill -9 " + pid));
        }
        commands.add("sleep 1");
        surroundings.forEach(around -> commands.addAll(around.cleanUpCommands()));
        write(commands);
    }

    private void write(List<String> commands) {
        try {
            Path fresh = file.resolveSibling("clean-up.fresh");
            Files.writeString(fresh, String.join("\n", commands) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Lets the shell end; the driver has cleaned up. */
    @Override
    public synchronized void close() {
        write(List.of());
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the pipe to " + shell, e);
        }
    }
}
