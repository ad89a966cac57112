package io.rollcall.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ServerInstallation;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent against the packaged server: what is renamed there is missed here, in every build. */
final class MutantAgentIT {

    private static final int SUCCESS = 0;
    private static final Path LIB = ServerInstallation.locate().lib();

    private record Ended(int status, String output) {}

    @ParameterizedTest
    @EnumSource
    void targetIsInTheServerOnce(Mutant mutant) throws IOException {
        try (URLClassLoader server = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
            mutant.target().requireIn(server);
        }
    }

    @Test
    void serverStartsWithAMutant() throws Exception {
        Ended ended = run("no-dedup", LIB + File.separator + "*", "io.rollcall.server.Main", "--help");

        assertThat(ended.status()).as(ended.output()).isEqualTo(SUCCESS);
    }

    @Test
    void unknownMutantEndsTheServer() throws Exception {
        Ended ended = run("no-such-thing", LIB + File.separator + "*", "io.rollcall.server.Main", "--help");

        assertThat(ended.status()).as(ended.output()).isEqualTo(MutantAgent.EXIT_STATUS);
        assertThat(ended.output())
                .startsWith("this node cannot be broken as told: no mutant is called 'no-such-thing'");
    }

    @Test
    void serverWithoutTheTargetIsEnded() throws Exception {
        Ended ended = run("no-dedup", MutantNodes.agent().toString(), "io.rollcall.server.Main", "--help");

        assertThat(ended.status()).as(ended.output()).isEqualTo(MutantAgent.EXIT_STATUS);
        assertThat(ended.output())
                .startsWith("this node cannot be broken as told: class " + "io.rollcall.statemachine.store."
                        + "RocksTransaction must be there once, is there 0 times");
    }

    private static URL[] jars() throws IOException {
        try (Stream<Path> files = Files.list(LIB)) {
            return files.map(MutantAgentIT::url).toArray(URL[]::new);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL of " + file, e);
        }
    }

    private static Ended run(String mutant, String classPath, String... command)
            throws IOException, InterruptedException {
        List<String> words = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-javaagent:" + MutantNodes.agent() + "=" + mutant,
                                "-cp",
                                classPath),
                        Stream.of(command))
                .toList();
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
