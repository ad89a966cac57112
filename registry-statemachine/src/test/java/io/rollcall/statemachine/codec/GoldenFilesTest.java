package io.rollcall.statemachine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.statemachine.codec.Samples.Stored;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The golden files are what older versions wrote. They are added, never edited: if one of these tests fails after a
 * change of a schema, a new version of the schema is needed.
 */
final class GoldenFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("\\.v(\\d+)");

    @Test
    void everyGoldenCommandMeansWhatItMeant() throws Exception {
        Map<String, String> golden = golden("commands");

        assertThat(golden.keySet()).isEqualTo(Samples.COMMANDS.keySet());
        golden.forEach((name, json) ->
                assertThat(CommandCodec.decode(json.getBytes(UTF_8))).as(name).isEqualTo(Samples.COMMANDS.get(name)));
    }

    @Test
    void everyCommandIsWrittenAsItsNewestGoldenFile() throws Exception {
        Map<String, String> golden = golden("commands");

        Samples.COMMANDS.forEach((name, command) -> {
            CommandSchema schema = CommandSchema.of(command);
            if (name.startsWith(schema.type() + ".v" + schema.version())) {
                assertThat(new String(CommandCodec.encode(command), UTF_8))
                        .as(name)
                        .isEqualTo(minified(golden.get(name)));
            }
        });
    }

    @Test
    void everyCommandHasASchemaAndEverySchemaAGoldenFile() throws Exception {
        Map<String, String> golden = golden("commands");

        assertThat(CommandSchema.TABLE.stream().<Class<?>>map(CommandSchema::command))
                .containsAll(Stream.of(Command.class, AclCommand.class)
                        .flatMap(group -> Stream.of(group.getPermittedSubclasses()))
                        .filter(Class::isRecord)
                        .toList());
        assertThat(CommandSchema.TABLE.stream().map(schema -> schema.type() + ".v" + schema.version()))
                .isSubsetOf(golden.keySet());
    }

    @Test
    void everyGoldenRecordMeansWhatItMeant() throws Exception {
        Map<String, String> golden = golden("state");
        Map<String, Stored<?>> samples = Samples.stored();

        assertThat(golden.keySet()).isEqualTo(samples.keySet());
        golden.forEach((name, json) -> assertThat(samples.get(name).codec().decode(stored(name, json)))
                .as(name)
                .isEqualTo(samples.get(name).value()));
    }

    @Test
    void everyRecordIsWrittenAsItsGoldenFile() throws Exception {
        Map<String, String> golden = golden("state");

        Samples.stored().forEach((name, sample) -> {
            byte[] expected = stored(name, minified(golden.get(name)));
            assertThat(sample.encode()).as(name).isEqualTo(expected);
        });
    }

    @Test
    void everyKindOfRecordInEveryVersionHasAGoldenFile() throws Exception {
        Map<String, String> golden = golden("state");

        assertThat(StateCodec.ALL)
                .allSatisfy(codec -> assertThat(codec.versions())
                        .allSatisfy(version -> assertThat(golden.keySet())
                                .anyMatch(name -> name.startsWith(codec.kind() + ".v" + version.number()))));
    }

    @Test
    void everyResultHasAGoldenFile() throws Exception {
        assertThat(Samples.RESULTS.values().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(CommandResult.class.getPermittedSubclasses());
        assertThat(Samples.RESULTS.keySet().stream().map(name -> "request.v1." + name))
                .isSubsetOf(golden("state").keySet());
    }

    /** The files of a folder by name without suffix. */
    private static Map<String, String> golden(String folder) throws Exception {
        Path files =
                Path.of(GoldenFilesTest.class.getResource("/golden/" + folder).toURI());
        Map<String, String> golden = new TreeMap<>();
        try (Stream<Path> listed = Files.list(files)) {
            for (Path file : listed.toList()) {
                String name = file.getFileName().toString();
                golden.put(name.substring(0, name.length() - ".json".length()), Files.readString(file));
            }
        }
        return golden;
    }

    /** The bytes of a stored record: the version from the file's name, then its content. */
    private static byte[] stored(String name, String json) {
        byte[] content = json.getBytes(UTF_8);
        byte[] bytes = new byte[content.length + 1];
        Matcher version = VERSION.matcher(name);
        assertThat(version.find()).as(name).isTrue();
        bytes[0] = Byte.parseByte(version.group(1));
        System.arraycopy(content, 0, bytes, 1, content.length);
        return bytes;
    }

    private static String minified(String json) {
        try {
            return JSON.writeValueAsString(JSON.readTree(json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
