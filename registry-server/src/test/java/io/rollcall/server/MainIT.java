package io.rollcall.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process: its options, its exit status, and how it takes a signal. */
final class MainIT {

    private static final Pattern SERVING = Pattern.compile("rollcall is serving .*http=\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment().put("ROLLCALL_LOG_FORMAT", "text");
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private Path output() {
        return folder.resolve("output");
    }

    private String text() throws IOException {
        return Files.readString(output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--dns=off; --dns",
                "--http=0.0.0.0:0; pass --insecure",
                "--id=a b; --id",
                "stray; stray",
            })
    void badOptionsEndWithTheStatusOfUsage(String option, String named) throws Exception {
        var process = start(option);

        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(text()).contains(named).doesNotContain("\tat ");
    }

    @Test
    void helpExplainsEverySettingAndEndsWell() throws Exception {
        var process = start("--help");

        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(text()).contains("--advertise-http", "ROLLCALL_PEERS", "http.idle-timeout", "Exit status");
    }

    @Test
    void startThatFailsEndsWithTheStatusOfFailure() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var process = start("--http", "127.0.0.1:" + taken.getLocalPort(), "--data", folder.toString());

            assertThat(process.waitFor(30, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(text()).contains("HTTP cannot be served at 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void signalEndsAServingNodeCleanly() throws Exception {
        var process = start(
                "--http",
                ":0",
                "--raft",
                "127.0.0.1:" + FreePort.next(),
                "--data",
                folder.resolve("data").toString());
        await().atMost(60, SECONDS).untilAsserted(() -> assertThat(text()).containsPattern(SERVING));
        var matcher = SERVING.matcher(text());
        assertThat(matcher.find()).isTrue();
        var livez = HttpRequest.newBuilder(URI.create("http://" + matcher.group(1) + "/livez"))
                .build();
        var answer = HttpClient.newHttpClient().sendAsync(livez, BodyHandlers.discarding());

        assertThat(answer).as(text()).succeedsWithin(10, SECONDS);
        assertThat(answer.join().statusCode()).isEqualTo(200);

        process.destroy();

        assertThat(process.waitFor(10, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text()).isZero();
        assertThat(text()).contains("settings", "stopping", "stopped");
    }
}
