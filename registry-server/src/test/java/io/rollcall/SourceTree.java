package io.rollcall;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checked-out project: its root, and the Java sources of every module. */
public final class SourceTree {

    private static final Path DRAWING = Path.of("docs", "packages.puml");

    private SourceTree() {}

    /** The project's root, found from the working directory of the test, which is the root or a module of it. */
    public static Path root() {
        var here = Path.of("").toAbsolutePath();
        return Stream.of(here, here.getParent())
                .filter(folder -> folder != null && Files.exists(folder.resolve(DRAWING)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + DRAWING + " in " + here + " or above it"));
    }

    static Path drawing() {
        return root().resolve(DRAWING);
    }

    /** All Java sources of all modules, main and test, sorted, relative to the root. */
    static List<Path> javaSources() throws Exception {
        try (var files = Files.walk(root())) {
            return files.map(root()::relativize)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
