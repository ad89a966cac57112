package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about configuration. */
final class ConfigCommandsTest {

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        node.close();
    }

    private static String entry(String key, long index, String more) {
        return "{\"namespace\":\"default\",\"key\":\"" + key + "\",\"version\":2,\"createIndex\":1,\"modifyIndex\":"
                + index
                + ",\"modifiedAt\":\"2026-01-01T00:00:00.000Z\",\"contentType\":\"text/plain\",\"size\":3,\"secret\":false"
                + more + "}";
    }

    private static String entry(String key, long index) {
        return entry(key, index, "");
    }

    private static String valued(String key, long index, String value) {
        String base64 = Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
        return entry(key, index, ",\"value\":\"" + base64 + "\"");
    }

    private static FakeNode.Line page(long index, String... entries) {
        String body = "{\"index\":" + index + ",\"keys\":[" + String.join(",", entries) + "]}";
        return answer(200, body, "Registry-Index", Long.toString(index), "Registry-Applied", Long.toString(index));
    }

    private List<String> targets() {
        return node.requests().stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }

    @Test
    void getPrintsTheValueAsItIs() {
        node.then(answer(200, "a\nb", "Registry-Config-Version", "3", "Registry-Index", "42"));

        assertThat(shell.run("config", "get", "orders/db.url", "--namespace", "blue"))
                .isZero();

        assertThat(shell.out()).isEqualTo("a\nb");
        assertThat(targets()).containsExactly("GET /api/v1/config/orders/db.url?namespace=blue");
    }

    @Test
    void getAsJsonSaysWhatIsKnownOfTheValue() throws Exception {
        node.then(
                answer(200, "a", "Registry-Config-Version", "3", "Registry-Index", "42", "Content-Type", "text/plain"));

        assertThat(shell.run("config", "get", "k", "--version", "3", "--reveal", "-o", "json"))
                .isZero();

        assertThat(Json.mapper().readTree(shell.out()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"namespace\":\"default\",\"key\":\"k\",\"version\":3,\"modifyIndex\":42,"
                                + "\"contentType\":\"text/plain\",\"size\":1,\"text\":\"a\"}"));
        assertThat(targets()).containsExactly("GET /api/v1/config/k?version=3&reveal=true");
    }

    @Test
    void getWritesWhatIsNoTextToAFileAlone() throws Exception {
        node.then(answer(200, "\u0000x", "Registry-Config-Version", "1", "Registry-Index", "2"));
        Path file = folder.resolve("value");

        assertThat(shell.run("config", "get", "k")).isEqualTo(1);
        assertThat(shell.err()).contains("2 bytes that are no text").contains("--to FILE");
        assertThat(shell.run("config", "get", "k", "--to", file.toString())).isZero();

        assertThat(Files.readAllBytes(file)).containsExactly(0, 'x');
    }

    @Test
    void getOfWhatIsNotThereIsRefused() {
        node.then(problem(404, "config-not-found"));

        assertThat(shell.run("config", "get", "k")).isEqualTo(1);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("config-not-found");
    }

    @Test
    void putSendsTheValueWithItsTypeAndCondition() {
        node.then(answer(200, entry("k", 42), "Registry-Index", "42"));

        assertThat(shell.run("config", "put", "k.json", "{}", "--secret", "--if-match", "41"))
                .isZero();

        assertThat(shell.out().strip()).isEqualTo("put k, version 2, 3 bytes, index 42");
        assertThat(targets()).containsExactly("PUT /api/v1/config/k.json?secret=true");
        assertThat(node.requests()).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{}");
            assertThat(request.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("if-match", "\"41\"")
                    .containsKey("idempotency-key");
        });
    }

    @Test
    void putTakesTheValueFromAFileOrFromStandardInput() throws Exception {
        node.then(answer(201, entry("k", 42)));
        Path file = Files.writeString(folder.resolve("limits.yaml"), "a: 1");
        shell.input("from stdin");

        assertThat(shell.run("config", "put", "k", "--from", file.toString())).isZero();
        assertThat(shell.run("config", "put", "k", "--from", "-", "--new", "--content-type", "x/y"))
                .isZero();

        assertThat(node.requests())
                .satisfiesExactly(
                        request -> {
                            assertThat(request.body()).isEqualTo("a: 1");
                            assertThat(request.headers()).containsEntry("content-type", "application/yaml");
                        },
                        request -> {
                            assertThat(request.body()).isEqualTo("from stdin");
                            assertThat(request.headers())
                                    .containsEntry("content-type", "x/y")
                                    .containsEntry("if-none-match", "*");
                        });
    }

    @Test
    void dryRunsSayWhatWouldBe() {
        node.then(answer(
                200,
                "{\"dryRun\":true,\"wouldChange\":true,\"status\":200,\"config\":" + entry("k", 9) + ",\"before\":"
                        + entry("k", 8) + "}"));

        assertThat(shell.run("config", "put", "k", "v", "--dry-run")).isZero();
        assertThat(shell.run("config", "rollback", "k", "1", "--dry-run")).isZero();

        assertThat(targets())
                .containsExactly("PUT /api/v1/config/k?dryRun=true", "POST /api/v1/config/k?rollback=1&dryRun=true");
        assertThat(shell.out().lines()).containsOnly("dry run: would put k, version 2, 3 bytes; it is version 2");
    }

    @Test
    void rollbackAndDeleteSayWhatTheyDid() {
        node.then(answer(200, entry("k", 42))).then(answer(204, "", "Registry-Index", "43"));

        assertThat(shell.run("config", "rollback", "k", "1")).isZero();
        assertThat(shell.run("config", "delete", "k", "--if-match", "42")).isZero();

        assertThat(shell.out().lines())
                .containsExactly("rolled back k, version 2, 3 bytes, index 42", "deleted k, index 43");
        assertThat(targets()).containsExactly("POST /api/v1/config/k?rollback=1", "DELETE /api/v1/config/k");
        assertThat(node.requests().get(1).headers()).containsEntry("if-match", "\"42\"");
    }

    @Test
    void listPrintsKeysAndWhereToGoOn() {
        node.then(answer(
                200,
                "{\"index\":9,\"keys\":[" + entry("a/b", 7) + ","
                        + entry("a/c", 9).replace("false", "true") + "],\"cursor\":\"abc\"}",
                "Registry-Index",
                "9"));

        assertThat(shell.run("config", "list", "a/", "--limit", "2")).isZero();

        assertThat(targets()).containsExactly("GET /api/v1/config?limit=2&prefix=a%2F");
        assertThat(shell.out().lines())
                .containsExactly(
                        "KEY  VERSION  SIZE  TYPE                INDEX  CHANGED",
                        "a/b  2        3     text/plain          7      2026-01-01T00:00:00.000Z",
                        "a/c  2        3     text/plain  secret  9      2026-01-01T00:00:00.000Z",
                        "",
                        "2 keys (index 9); more follow: --cursor abc");
    }

    @Test
    void historyPrintsVersions() {
        node.then(answer(
                200,
                "{\"key\":\"k\",\"versions\":[" + entry("k", 8, ",\"deleted\":true,\"actor\":\"ann\"") + ","
                        + entry("k", 7) + "]}"));

        assertThat(shell.run("config", "history", "k")).isZero();

        assertThat(targets()).containsExactly("GET /api/v1/config/k?history=true");
        assertThat(shell.out().lines())
                .containsExactly(
                        "VERSION  CHANGED                            SIZE  TYPE        INDEX  BY",
                        "2        2026-01-01T00:00:00.000Z  deleted                    8      ann",
                        "2        2026-01-01T00:00:00.000Z           3     text/plain  7");
    }

    @Test
    void exportIsWhatImportReads() throws Exception {
        String secret = valued("a/s", 7, "hush").replace("\"secret\":false", "\"secret\":true");
        node.then(page(7, valued("a/b", 5, "one\n"), valued("a/c", 6, "\u0000"), secret))
                .then(page(7, valued("a/b", 5, "one\n"), valued("a/c", 6, "\u0000"), secret));
        Path file = folder.resolve("config.json");

        assertThat(shell.run("config", "export", "a/", "--to", file.toString(), "--reveal"))
                .isZero();
        assertThat(shell.run("config", "import", file.toString(), "--reveal")).isZero();

        assertThat(Json.mapper().readTree(file.toFile()))
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        "{\"config\":["
                                                + "{\"key\":\"a/b\",\"contentType\":\"text/plain\",\"text\":\"one\\n\"},"
                                                + "{\"key\":\"a/c\",\"contentType\":\"text/plain\",\"base64\":\"AA==\"},"
                                                + "{\"key\":\"a/s\",\"contentType\":\"text/plain\",\"secret\":true,\"text\":\"hush\"}]}"));
        assertThat(shell.out().lines())
                .containsExactly("exported 3 keys to " + file, "0 new, 0 changed, 0 deleted, 3 the same");
        assertThat(targets().get(0))
                .isEqualTo("GET /api/v1/config?consistency=linearizable&prefix=a%2F&values=true&reveal=true");
    }

    @Test
    void exportLeavesSecretsOutAndSaysSo() {
        String secret = entry("a/s", 7).replace("\"secret\":false", "\"secret\":true");
        node.then(page(7, valued("a/b", 5, "one"), secret));

        assertThat(shell.run("config", "export")).isZero();

        assertThat(shell.out()).contains("a/b").doesNotContain("a/s");
        assertThat(shell.err()).contains("1 secret left out");
    }

    @Test
    void exportToAFolderIsAFileForEachKeyAndDropsThoseThatWent() throws Exception {
        Path to = folder.resolve("config");
        node.then(page(7, valued("a/b", 5, "one"), valued("c", 6, "two"))).then(page(8, valued("a/b", 8, "three")));

        assertThat(shell.run("config", "export", "--to", to + "/")).isZero();
        assertThat(to.resolve("a/b")).hasContent("one");
        assertThat(to.resolve("c")).hasContent("two");
        Files.writeString(to.resolve("mine.json"), "{}");
        assertThat(shell.run("config", "export", "--to", to.toString())).isZero();

        assertThat(to.resolve("a/b")).hasContent("three");
        assertThat(to.resolve("c")).doesNotExist();
        assertThat(to.resolve("mine.json")).exists();
        node.then(page(8, valued("a/b", 8, "three")));
        assertThat(shell.run("config", "import", to.toString(), "--dry-run")).isZero();
        assertThat(shell.out())
                .contains("  + mine.json  2 bytes, application/json")
                .contains("1 new, 0 changed, 0 deleted, 1 the same");
    }

    @Test
    void exportToAFolderRefusesAKeyThatWouldBeFileAndFolder() {
        node.then(page(7, valued("a", 5, "one"), valued("a/b", 6, "two")));

        assertThat(shell.run("config", "export", "--to", folder + "/")).isEqualTo(2);

        assertThat(shell.err()).contains("'a' would be a file and, for 'a/b', a folder");
    }

    private Path archive(String... keysAndTexts) throws Exception {
        var json = Json.mapper().createObjectNode();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            json.withArray("/config")
                    .addObject()
                    .put("key", keysAndTexts[i])
                    .put("contentType", "text/plain")
                    .put("text", keysAndTexts[i + 1]);
        }
        return Files.writeString(folder.resolve("archive.json"), json.toString());
    }

    @Test
    void importShowsTheDifferenceAsksAndWritesOverWhatItShowed() throws Exception {
        Path archive = archive("a/new", "n", "a/changed", "1\n2 b\n3", "a/same", "s");
        node.then(page(9, valued("a/changed", 7, "1\n2 a\n3"), valued("a/gone", 8, "g"), valued("a/same", 9, "s")))
                .then(answer(200, entry("k", 10)))
                .then(answer(201, entry("k", 11)))
                .then(answer(204, ""));
        shell.input("y\n");

        assertThat(shell.run("config", "import", archive.toString(), "--prefix", "a/", "--delete"))
                .isZero();

        assertThat(shell.out()).isEqualTo("""
                          ~ a/changed  3 -> 7 bytes
                              - 2 a
                              + 2 b
                          + a/new  1 byte, text/plain
                          - a/gone  version 2
                        1 new, 1 changed, 1 deleted, 1 the same
                        Make these 3 changes in namespace default? [y/N] imported: 3 changes made
                        """);
        assertThat(targets().subList(1, 4))
                .containsExactly(
                        "PUT /api/v1/config/a/changed", "PUT /api/v1/config/a/new", "DELETE /api/v1/config/a/gone");
        assertThat(node.requests().get(1).headers()).containsEntry("if-match", "\"7\"");
        assertThat(node.requests().get(2).headers()).containsEntry("if-none-match", "*");
        assertThat(node.requests().get(3).headers()).containsEntry("if-match", "\"8\"");
    }

    @Test
    void importForAProgramIsOneObjectAndAsksNobody() throws Exception {
        String archive = archive("a/new", "n", "a/same", "s").toString();
        node.then(page(9, valued("a/same", 9, "s"))).then(answer(201, entry("k", 11)));

        assertThat(shell.run("config", "import", archive, "-o", "json")).isEqualTo(ExitStatus.USAGE);
        assertThat(shell.run("config", "import", archive, "-o", "json", "--yes"))
                .isZero();

        assertThat(Json.mapper().readTree(shell.out()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"made\":1,\"same\":1,\"changes\":[{\"key\":\"a/new\",\"kind\":\"new\"}]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n\n", "\n", "yes please\n"})
    void importThatIsNotConfirmedChangesNothing(String answer) throws Exception {
        node.then(page(9));
        shell.input(answer);

        assertThat(shell.run("config", "import", archive("k", "v").toString())).isEqualTo(1);

        assertThat(node.requests()).hasSize(1);
        assertThat(shell.err()).contains("nothing was changed");
    }

    @Test
    void importEndsWhereSomebodyWasFaster() throws Exception {
        node.then(page(9)).then(answer(201, entry("a", 10))).then(problem(412, "precondition-failed"));

        assertThat(shell.run(
                        "config",
                        "import",
                        archive("a", "1", "b", "2", "c", "3").toString(),
                        "--yes"))
                .isEqualTo(1);

        assertThat(node.requests()).hasSize(3);
        assertThat(shell.err()).contains("precondition-failed").contains("ended at b, after 1 of 3 changes");
    }

    @Test
    void importOfASecretThatCannotBeComparedWritesItAnewAndShowsNothingOfIt() throws Exception {
        Path archive = Files.writeString(
                folder.resolve("archive.json"),
                "{\"config\":[{\"key\":\"s\",\"contentType\":\"text/plain\",\"secret\":true,\"text\":\"hush\"}]}");
        node.then(page(9, entry("s", 7).replace("\"secret\":false", "\"secret\":true")));

        assertThat(shell.run("config", "import", archive.toString(), "--dry-run"))
                .isZero();

        assertThat(shell.out())
                .contains("~ s  secret, cannot be compared without --reveal")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "nonsense",
                "{\"config\":[{\"key\":\"a//b\",\"text\":\"\"}]}",
                "{\"config\":[{\"key\":\"a\"}]}",
                "{\"config\":[{\"key\":\"a\",\"base64\":\"?\"}]}",
                "{\"config\":[{\"key\":\"a\",\"text\":\"\"},{\"key\":\"a\",\"text\":\"\"}]}"
            })
    void whatIsNoExportIsRefusedBeforeAnythingIsAsked(String content) throws Exception {
        Path archive = Files.writeString(folder.resolve("archive.json"), content);

        assertThat(shell.run("config", "import", archive.toString(), "--yes")).isEqualTo(2);

        assertThat(node.requests()).isEmpty();
        assertThat(shell.err()).contains("cannot import");
    }

    @Test
    void commandLinesThatAreWrongAreRefused() {
        for (var args : List.of(
                List.of("put", "k"),
                List.of("put", "k", "v", "--from", "f"),
                List.of("put", "k", "--from", folder + "/none"),
                List.of("put", "k", "v", "--new", "--if-match", "1"),
                List.of("put", "a//b", "v"),
                List.of("put", "k", "v", "--if-match", "x"),
                List.of("get", "k", "--version", "-1"),
                List.of("rollback", "k", "0"),
                List.of("rollback", "k"),
                List.of("import", "-"),
                List.of("import", folder + "/none"))) {
            var line = new ArrayList<>(List.of("config"));
            line.addAll(args);
            assertThat(shell.run(line.toArray(String[]::new))).as("%s", line).isEqualTo(2);
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void helpExplainsEachCommand() {
        for (var command :
                List.of("get", "put", "delete", "list", "history", "rollback", "watch", "export", "import")) {
            assertThat(shell.run("config", command, "--help")).isZero();
        }
        assertThat(shell.run("config", "--help")).isZero();
        assertThat(shell.out()).contains("Examples:").contains("rollcall config watch");
    }
}
