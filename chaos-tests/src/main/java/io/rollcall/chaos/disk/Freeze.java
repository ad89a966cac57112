package io.rollcall.chaos.disk;

import io.rollcall.chaos.cluster.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file system that lets every writer wait. Who waits there is reached by no signal, so that it must always be thawed, and by
 * another process than one that writes to it.
 */
final class Freeze {

    /** Thaws by itself, whatever becomes of the driver, and also if the whole process group is told to end. */
    private static final String FREEZE =
            "trap '' INT TERM HUP; fsfreeze -f \"$1\" || exit 1; echo frozen;" + " sleep \"$2\"; fsfreeze -u \"$1\"";

    private Freeze() {}

    /** Freezes, and returns when it is frozen. */
    static void begin(Path mount, Duration atMost) {
        try {
            Process shell = new ProcessBuilder(
                            "sh", "-c", FREEZE, "rollcall-freeze", mount.toString(), Long.toString(atMost.toSeconds()))
                    .redirectErrorStream(true)
                    .start();
            // The first letter of its one line, if it did.
            if (shell.getInputStream().read() != 'f' || !shell.isAlive()) {
                throw new IllegalStateException("cannot freeze " + mount);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot freeze " + mount, e);
        }
    }

    /** Thaws what may have thawed already. */
    static void end(Path mount) {
        Shell.run("sh", "-c", endCommand(mount));
    }

    /** A shell's command that does the same. */
    static String endCommand(Path mount) {
        return "fsfreeze -u " + mount + " 2> /dev/null || true";
    }
}
