package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.fake.FakeNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysCommandTest {

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void createMakesFilesThatTheOwnerAloneReads() throws Exception {
        Path keys = folder.resolve("keys");

        assertThat(shell.run("keys", "create", "--folder", keys.toString())).isZero();

        for (String name : new String[] {"master.key", "keyset.json"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(name))))
                    .isEqualTo("rw-------");
        }
        String masterKey = Files.readString(keys.resolve("master.key")).strip();
        assertThat(Base64.getDecoder().decode(masterKey)).hasSize(32);
        assertThat(Files.readString(keys.resolve("keyset.json"))).contains("encryptedKeyset");
        assertThat(shell.out() + shell.err()).doesNotContain(masterKey);
    }

    @Test
    void createOverwritesNothing() throws Exception {
        Files.writeString(folder.resolve("keyset.json"), "mine");

        assertThat(shell.run("keys", "create", "--folder", folder.toString())).isEqualTo(ExitStatus.FAILURE);

        assertThat(shell.err()).contains("nothing is overwritten").contains("keyset.json");
        assertThat(Files.readString(folder.resolve("keyset.json"))).isEqualTo("mine");
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void statusOfAClusterThatSealsNothingSaysSo() {
        node.then(answer(200, "{\"sealed\":false}"));

        assertThat(shell.run("keys", "status")).isZero();

        assertThat(shell.out()).startsWith("nothing is sealed");
    }

    @Test
    void rotateWaitsUntilEverythingIsSealedAndTellsHowFarItIs() {
        node.then(answer(200, keys(3, "resealing", 0)));
        // One that is behind tells of the keys before.
        node.then(answer(200, keys(2, "settled", 900)));
        node.then(answer(200, keys(3, "resealing", 500)));
        node.then(answer(200, keys(3, "waiting", 1_000)));

        assertThat(shell.run("keys", "rotate", "--wait")).isZero();

        assertThat(shell.err()).contains("500 of about 1000 records");
        assertThat(shell.out().lines())
                .containsExactly(
                        "key 42 seals since 2026-01-01T00:00:00.000Z, under master key 5f1a0c3e (version 3)",
                        "everything is sealed by it; 2 keys stay until requests of the last 10 minutes are forgotten");
        assertThat(node.requests()).extracting(FakeNode.Request::method).containsExactly("POST", "GET", "GET", "GET");
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/keys/rotate");
    }

    private static String keys(int version, String phase, int done) {
        return ("{\"sealed\":true,\"version\":%d,\"primaryKey\":42,\"keys\":[41,42],\"masterKey\":\"5f1a0c3e\","
                        + "\"changedAt\":\"2026-01-01T00:00:00.000Z\",\"phase\":\"%s\",\"done\":%d,\"total\":1000}")
                .formatted(version, phase, done);
    }
}
