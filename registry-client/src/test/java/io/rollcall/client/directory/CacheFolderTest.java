package io.rollcall.client.directory;

import static io.rollcall.client.directory.Known.ORDERS;
import static io.rollcall.client.directory.Known.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Selection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Files in a folder of the test's own. */
final class CacheFolderTest {

    private static final Instant KNOWN = Instant.parse("2026-03-01T10:00:00.123456Z");

    @TempDir
    Path temporary;

    private Path root;
    private CacheFolder folder;

    @BeforeEach
    void folder() {
        root = temporary.resolve("deep/down");
        folder = new CacheFolder(root, Selection.healthy().toString());
    }

    private static CacheEntry cached(String... ids) {
        return new CacheEntry(ORDERS, 42, KNOWN, orders(ids));
    }

    private List<String> files() throws IOException {
        try (var found = Files.walk(root)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsSavedIsLoaded() throws Exception {
        folder.save(cached("a", "b"));

        assertThat(folder.load(ORDERS)).contains(cached("a", "b"));
        assertThat(folder.load(ServiceKey.of("default", "users"))).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void fileIsItsOwnersAlone() throws Exception {
        folder.save(cached("a"));

        var file = folder.file(ORDERS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void damagedFileIsSetAsideWhateverByteIsDamaged(TestReporter reporter) throws Exception {
        var seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        var random = new Random(seed);
        folder.save(cached("a", "b"));
        var file = folder.file(ORDERS);
        var good = Files.readAllBytes(file);
        for (var i = 0; i < 60; i++) {
            var bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);

            assertThat(folder.load(ORDERS)).as("seed %s", seed).isEmpty();
            assertThat(files()).containsExactly(file.getFileName() + ".bad");
        }
    }

    @Test
    void fileThatIsCutOffOrNoneOfOursIsSetAside() throws Exception {
        folder.save(cached("a", "b"));
        var file = folder.file(ORDERS);
        var good = Files.readAllBytes(file);
        var bad = new ArrayList<byte[]>();
        bad.add(new byte[0]);
        bad.add(Arrays.copyOf(good, good.length - 1));
        bad.add(Arrays.copyOf(good, good.length + 1));
        bad.add("rollcall-directory 1 00000000 999999999\n".getBytes(StandardCharsets.US_ASCII));
        bad.add("rollcall-directory 2 00000000 0\n".getBytes(StandardCharsets.US_ASCII));
        bad.add("{}".getBytes(StandardCharsets.US_ASCII));
        for (var bytes : bad) {
            Files.write(file, bytes);

            assertThat(folder.load(ORDERS)).isEmpty();
            assertThat(Files.exists(file)).isFalse();
            assertThat(file.resolveSibling(file.getFileName() + ".bad")).hasBinaryContent(bytes);
        }
    }

    @Test
    void fileOfAnotherServiceIsSetAside() throws Exception {
        folder.save(cached("a"));
        var users = ServiceKey.of("default", "users");
        Files.move(folder.file(ORDERS), folder.file(users));

        assertThat(folder.load(users)).isEmpty();
        assertThat(files()).singleElement().asString().endsWith(".bad");
    }

    @Test
    void otherSelectionHasItsOwnFile() throws Exception {
        var other = new CacheFolder(root, Selection.any().toString());
        folder.save(cached("a"));
        other.save(cached("b"));

        assertThat(folder.load(ORDERS)).contains(cached("a"));
        assertThat(other.load(ORDERS)).contains(cached("b"));
    }

    @Test
    void diskThatTakesNothingLeavesWhatWasThere() throws Exception {
        Files.createDirectories(root.getParent());
        Files.createFile(root);

        assertThatThrownBy(() -> folder.save(cached("a"))).isInstanceOf(FileSystemException.class);
        assertThat(folder.load(ORDERS)).isEmpty();
    }

    @Test
    void writersThatShareAFolderLeaveOneWholeFile() throws Exception {
        var writers = new ArrayList<CompletableFuture<Void>>();
        for (var i = 0; i < 4; i++) {
            var id = "writer-" + i;
            var own = new CacheFolder(root, Selection.healthy().toString());
            var done = new CompletableFuture<Void>();
            new Thread(() -> {
                        try {
                            for (var n = 0; n < 15; n++) {
                                own.save(cached(id, "n-" + n));
                                assertThat(own.load(ORDERS)).isPresent();
                            }
                            done.complete(null);
                        } catch (IOException | AssertionError e) {
                            done.completeExceptionally(e);
                        }
                    })
                    .start();
            writers.add(done);
        }
        for (var writer : writers) {
            writer.get();
        }

        assertThat(folder.load(ORDERS)).isPresent();
        assertThat(files()).hasSize(1);
    }
}
