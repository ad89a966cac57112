package io.rollcall.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The archived classes of a packaged server, which halve the processor time that a node takes to start. In a checkout they
 * are made by the first who wants them.
 */
final class ClassArchive {

    private static final Path SCRIPT = Path.of("bin", "lib", "archive-classes");

    /** From {@code registry-server/target/rollcall/lib} to the root of the checkout. */
    private static final Path ROOT = Path.of("..", "..", "..", "..");

    private static final Map<Path, List<String>> KNOWN = new ConcurrentHashMap<>();

    private ClassArchive() {}

    /**
     * Returns what has a node take its classes from the archive.
     *
     * @param lib the folder of the server's jars
     * @return options of the JVM; none if there is no archive and nothing to make one with
     * @throws IllegalStateException if the archive cannot be made
     */
    static List<String> options(Path lib) {
        return KNOWN.computeIfAbsent(lib, ClassArchive::find);
    }

    private static List<String> find(Path lib) {
        Path archive = lib.resolve("classes-" + Runtime.version().feature() + ".jsa");
        if (!isUpToDate(archive, lib)) {
            Path script = lib.resolve(ROOT).resolve(SCRIPT).normalize();
            if (!Files.isExecutable(script)) {
                return List.of();
            }
            Shell.run("env", "JAVA_HOME=" + System.getProperty("java.home"), script.toString(), lib.toString());
        }
        return List.of("-XX:SharedArchiveFile=" + archive, "-XX:+VerifySharedSpaces", "-Xlog:cds*=off");
    }

    private static boolean isUpToDate(Path archive, Path lib) {
        if (!Files.exists(archive)) {
            return false;
        }
        try (Stream<Path> jars = Files.list(lib).filter(file -> file.toString().endsWith(".jar"))) {
            FileTime made = Files.getLastModifiedTime(archive);
            for (Path jar : jars.toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(made) >= 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for what is newer than " + archive, e);
        }
    }
}
