package io.rollcall.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.audit.AuditVerification.Found;
import io.rollcall.api.audit.AuditVerification.Head;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditVerificationTest {

    private static final int LINES = 5;

    @TempDir
    Path folder;

    private final List<AuditLine> written = new ArrayList<>();
    private Path first;
    private Path second;

    @BeforeEach
    void write() throws IOException {
        first = file(1, 0);
        second = file(2, 0);
    }

    private Path file(int number, int torn) throws IOException {
        var file = folder.resolve(AuditFiles.name(number));
        var header = Json.mapper().createObjectNode().put("kind", "file").put("file", number);
        if (torn > 0) {
            header.put("torn", torn);
        }
        var lines = new ArrayList<String>();
        lines.add(next(header).text());
        for (var i = 1; i < LINES; i++) {
            var event = Json.mapper().createObjectNode().put("kind", "event").put("operation", "PUT " + i);
            lines.add(next(event).text());
        }
        write(file, lines);
        return file;
    }

    private AuditLine next(com.fasterxml.jackson.databind.node.ObjectNode members) {
        var previous = written.isEmpty()
                ? AuditLine.GENESIS
                : written.get(written.size() - 1).hash();
        var line = AuditLine.seal(written.size() + 1, previous, members);
        written.add(line);
        return line;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private Found verify(Head head) throws IOException {
        return AuditVerification.verify(AuditFiles.in(folder), head);
    }

    private Found verify() throws IOException {
        return verify(null);
    }

    @Test
    void anUntouchedLogIsWholeAndSaysItsHead() throws IOException {
        var found = verify();

        assertThat(found.broken()).isNull();
        assertThat(found.lines()).isEqualTo(2 * LINES);
        assertThat(found.firstSequence()).isEqualTo(1);
        assertThat(found.lastSequence()).isEqualTo(2 * LINES);
        assertThat(found.lastHash()).isEqualTo(written.get(written.size() - 1).hash());
        assertThat(found.tornBytes()).isZero();
    }

    @Test
    void theLastFileAloneIsVerifiedToo() throws IOException {
        var found = AuditVerification.verify(List.of(second), null);

        assertThat(found.broken()).isNull();
        assertThat(found.firstSequence()).isEqualTo(LINES + 1);
    }

    /** Each byte in turn: none can be changed without being told, and always in the line where it is. */
    @Test
    void anyChangedByteIsFoundInItsLine() throws IOException {
        var bytes = Files.readAllBytes(first);
        var line = 1;
        // But the end of the last line, without which it is one that was broken off, and found by the next file.
        for (var i = 0; i < bytes.length - 1; i++) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            Files.write(first, changed);

            var broken = verify().broken();

            assertThat(broken).as("byte %d", i).isNotNull();
            assertThat(broken.file()).isEqualTo(first);
            assertThat(broken.line()).as("byte %d", i).isEqualTo(line);
            line += bytes[i] == '\n' ? 1 : 0;
        }
    }

    @Test
    void eachRemovedLineIsFound() throws IOException {
        var lines = Files.readAllLines(first);
        for (var removed = 0; removed < LINES; removed++) {
            var rest = new ArrayList<>(lines);
            rest.remove(removed);
            write(first, rest);

            var broken = verify().broken();

            assertThat(broken).as("line %d", removed + 1).isNotNull();
            // What follows the gap is the first that is wrong: in the same file, or the next one's first line.
            assertThat(broken.line()).isEqualTo(removed == LINES - 1 ? 1 : removed + 1);
        }
    }

    @Test
    void movedAndRepeatedLinesAreFound() throws IOException {
        var lines = Files.readAllLines(first);
        var swapped = new ArrayList<>(lines);
        swapped.set(2, lines.get(3));
        swapped.set(3, lines.get(2));
        write(first, swapped);
        assertThat(verify().broken().line()).isEqualTo(3);

        var repeated = new ArrayList<>(lines);
        repeated.add(4, lines.get(3));
        write(first, repeated);
        assertThat(verify().broken().line()).isEqualTo(5);
    }

    /** Whoever seals his own line still does not have the one that follows it. */
    @Test
    void aLineThatWasForgedWithItsHashIsFoundAtTheNext() throws IOException {
        var lines = Files.readAllLines(first);
        var forged = AuditLine.seal(
                3,
                written.get(1).hash(),
                Json.mapper().createObjectNode().put("kind", "event").put("operation", "nothing happened"));
        lines.set(2, forged.text());
        write(first, lines);

        assertThat(verify().broken().line()).isEqualTo(4);
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        file(3, 0);
        Files.delete(second);

        var broken = verify().broken();

        assertThat(broken.reason()).contains(AuditFiles.name(2));
    }

    @Test
    void aMissingEndIsFoundByTheHeadThatWasNoted() throws IOException {
        var noted = written.get(written.size() - 1);
        var lines = Files.readAllLines(second);
        write(second, lines.subList(0, LINES - 2));

        assertThat(verify().broken()).isNull();
        assertThat(verify(new Head(noted.sequence(), noted.hash())).broken().reason())
                .contains("the end is missing");
    }

    @Test
    void aLogThatWasWrittenAnewIsFoundByTheHeadThatWasNoted() throws IOException {
        var noted = written.get(LINES + 2);
        written.clear();
        Files.delete(second);
        file(1, 0);
        file(2, 0);
        assertThat(verify(new Head(noted.sequence(), noted.hash())).broken()).isNull();
        written.clear();
        next(Json.mapper().createObjectNode().put("kind", "event").put("operation", "another beginning"));
        file(1, 0);
        file(2, 0);

        assertThat(verify().broken()).isNull();
        assertThat(verify(new Head(noted.sequence(), noted.hash())).broken().reason())
                .contains("written anew");
    }

    @Test
    void aBrokenOffLineIsToldAndItsLengthIsKeptByTheNextFile() throws IOException {
        var torn = "{\"prev\":\"00";
        Files.writeString(second, Files.readString(second) + torn);
        assertThat(verify().broken()).isNull();
        assertThat(verify().tornBytes()).isEqualTo(torn.length());

        file(3, torn.length());
        assertThat(verify().broken()).isNull();

        Files.writeString(second, Files.readString(second) + "0");
        assertThat(verify().broken().reason()).contains("cut off or added to");
    }

    @Test
    void namesCannotBreakALineOrReachATerminal() {
        var hostile = "a\r\nb\u001b[2J\u009b31m\u2028\"},{\u202e";

        var text =
                next(Json.mapper().createObjectNode().put("service", hostile)).text();

        assertThat(text).matches("[ -~]+");
    }

    @Test
    void whatIsNoLineIsRefused() {
        for (var text : List.of("", "{}", "nonsense", "x".repeat(200))) {
            assertThatThrownBy(() -> AuditLine.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(AuditFormatException.class);
        }
    }
}
