package io.rollcall.client.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server that can be started.
 *
 * @param jar with its libraries beside it
 */
record Distribution(Path jar) {

    static final String HOME_PROPERTY = "rollcall.home";

    /** The one of the scenarios with faults, which start the server in the same way. */
    static final String BUILD_PROPERTY = "rollcall.test.server";

    static final String HOME_VARIABLE = "ROLLCALL_HOME";

    private static final Path JAR = Path.of("lib", "rollcall-server.jar");

    /** Small nodes that start fast: a test and three of them may share two cores. */
    private static final List<String> JVM_FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    static Distribution locate(@Nullable Path given) {
        return locate(given, System::getProperty, System::getenv);
    }

    /** Takes the first place that is named, and no other if nothing is there: a test must not run on what nobody meant. */
    static Distribution locate(
            @Nullable Path given,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> variables) {
        Map<String, @Nullable String> places = new LinkedHashMap<>();
        places.put("home(…)", given == null ? null : given.toString());
        places.put("-D" + HOME_PROPERTY, properties.apply(HOME_PROPERTY));
        places.put("-D" + BUILD_PROPERTY, properties.apply(BUILD_PROPERTY));
        places.put(HOME_VARIABLE, variables.apply(HOME_VARIABLE));
        for (Map.Entry<String, @Nullable String> place : places.entrySet()) {
            String folder = place.getValue();
            if (folder != null && !folder.isBlank()) {
                return at(Path.of(folder).toAbsolutePath().normalize(), place.getKey());
            }
        }
        throw new IllegalStateException("no Rollcall server to start: name the folder that holds " + JAR + " by "
                + HOME_VARIABLE + ", by -D" + HOME_PROPERTY + "=… or by home(…). In a checkout of Rollcall it is"
                + " registry-server/target/rollcall, after `mvn -DskipTests package -pl registry-server -am`");
    }

    private static Distribution at(Path folder, String namedBy) {
        Path jar = folder.resolve(JAR);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "there is no Rollcall server in " + folder + ", which " + namedBy + " names: no " + jar);
        }
        return new Distribution(jar);
    }

    /** The words that start a JVM with the server; its options follow. */
    List<String> command(List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        Path archive = jar.resolveSibling("classes-" + Runtime.version().feature() + ".jsa");
        if (Files.isRegularFile(archive)) {
            // Halves the time of a start. A JVM that cannot take it starts without, and need not say so.
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-XX:+VerifySharedSpaces", "-Xlog:cds*=off"));
        }
        // Should this process be killed, its nodes end by themselves.
        command.add("-Drollcall.parent=" + ProcessHandle.current().pid());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
