package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application gets that embeds the library, as the build has packaged it. */
final class LibrarySizeIT {

    private static final long MAX_BYTES = 3_500_000;

    /** The library's jar and those that it brings along: filled by the build before integration tests. */
    private static final Path FOLDER = Path.of("target", "library");

    private record Jar(String name, long bytes) {
        static Jar of(Path file) {
            try {
                return new Jar(file.getFileName().toString(), Files.size(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return "%,12d  %s".formatted(bytes, name);
        }
    }

    @Test
    void theLibraryWithAllThatItBringsIsSmall() throws Exception {
        List<Jar> jars;
        try (Stream<Path> files = Files.list(FOLDER)) {
            jars = files.map(Jar::of)
                    .sorted(Comparator.comparingLong(Jar::bytes).reversed())
                    .toList();
        }
        assertThat(jars)
                .extracting(Jar::name)
                .contains("registry-client.jar")
                .anyMatch(name -> name.startsWith("registry-api-"))
                .anyMatch(name -> name.startsWith("jackson-databind-"));

        long bytes = jars.stream().mapToLong(Jar::bytes).sum();

        assertThat(bytes)
                .as(
                        "bytes of the library with all that it brings:%n%s%n",
                        jars.stream().map(Jar::toString).collect(Collectors.joining(System.lineSeparator())))
                .isLessThan(MAX_BYTES);
    }
}
