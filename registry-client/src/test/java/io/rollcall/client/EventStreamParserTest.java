package io.rollcall.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventStreamParserTest {

    private final List<String> events = new ArrayList<>();

    private EventStreamParser parser(int maxEventBytes) {
        return new EventStreamParser(
                maxEventBytes,
                event -> events.add(event.name() + "/" + event.id() + "/" + new String(event.data(), UTF_8)));
    }

    private List<String> parse(String text) throws IOException {
        events.clear();
        parser(1_000).feed(ByteBuffer.wrap(text.getBytes(UTF_8)));
        return List.copyOf(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void eventEndsWithAnEmptyLineHoweverLinesEnd(String end) throws IOException {
        var text = String.join(end, "event: change", "id: 7", "data: {}", "", "data: x", "", "");

        assertThat(parse(text)).containsExactly("change/7/{}", "/7/x");
    }

    @Test
    void linesOfDataAreJoined() throws IOException {
        assertThat(parse("data: a\ndata:  b\ndata\ndata:c\n\n")).containsExactly("//a\n b\n\nc");
    }

    @Test
    void commentsAndUnknownFieldsArePassedOver() throws IOException {
        assertThat(parse(": hello\n:\nretry: 10\nfoo\nfoo: bar\ndata: x\n: within\n\n:\n\n"))
                .containsExactly("//x");
    }

    @Test
    void eventWithoutDataIsNoneButItsIdCounts() throws IOException {
        assertThat(parse("event: a\nid: 3\n\ndata: x\n\nid\ndata: y\n\nid: 4\0\ndata: z\n\n"))
                .containsExactly("/3/x", "//y", "//z");
    }

    @Test
    void emptyDataIsData() throws IOException {
        assertThat(parse("data\n\ndata:\n\n")).containsExactly("//", "//");
    }

    @Test
    void markAtTheBeginningIsNoPartOfTheFirstField() throws IOException {
        assertThat(parse("\ufeffdata: x\n\n\ufeffdata: y\n\n")).containsExactly("//x");
    }

    @Test
    void whatTheStreamEndsWithinIsNoEvent() throws IOException {
        assertThat(parse("data: x\n\ndata: y\n")).containsExactly("//x");
    }

    @Test
    void largeEventIsRefusedBeforeItIsWhole() throws IOException {
        var parser = parser(20);
        parser.feed(ByteBuffer.wrap("data: 12345\n\ndata: 12345678901234\n\n".getBytes(UTF_8)));

        assertThatThrownBy(() -> parser.feed(ByteBuffer.wrap("data: 123456789012345".getBytes(UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessage("an event is over 20 bytes (maxAnswerBytes)");
        assertThat(events).hasSize(2);
    }

    @Test
    void linesOfOneEventCountTogether() {
        var parser = parser(20);

        assertThatThrownBy(() -> parser.feed(ByteBuffer.wrap("data: 1234567890\ndata: 1234567890\n".getBytes(UTF_8))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void piecesOfAnySizeAreTheSameEvents(TestReporter reporter) throws IOException {
        long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        var random = new Random(seed);
        var text = String.join(
                "\r\n",
                ": c",
                "",
                "event: change",
                "id: 12\rdata: {\"a\":\"\u00fc\u4e2d\ud83d\ude00\"}",
                "data: b\n",
                "data: \ud83d\ude00\n\nid: 13\ndata\r\rdata: end",
                "",
                "");
        var whole = parse(text);
        assertThat(whole).hasSize(4);

        for (var round = 0; round < 500; round++) {
            events.clear();
            var parser = parser(1_000);
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                var length = Math.min(bytes.remaining(), 1 + random.nextInt(round % 12 + 1));
                parser.feed(bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
            }
            assertThat(events).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void partOfAnEventIsToldFromNothing() throws IOException {
        var parser = parser(1_000);
        assertThat(parser.isInsideEvent()).isFalse();

        parser.feed(ByteBuffer.wrap("data: x\n".getBytes(UTF_8)));
        assertThat(parser.isInsideEvent()).isTrue();

        parser.feed(ByteBuffer.wrap("\n: c\n".getBytes(UTF_8)));
        assertThat(parser.isInsideEvent()).isFalse();
    }
}
