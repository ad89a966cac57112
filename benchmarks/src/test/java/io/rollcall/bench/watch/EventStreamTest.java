package io.rollcall.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventStreamTest {

    private static final String EVENTS = """
            id: 5
            event: change
            data: {"version":"seq-12"}

            id: 6
            event: sync
            data: {"index":6}

            id: 7
            event: change
            data: {"v":"seq-13"}

            """;

    private final List<Long> told = new ArrayList<>();
    private final EventStream stream = new EventStream(told::add);

    @Test
    void marksAreTakenOutOfWholeEvents() {
        read("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENTS);

        assertThat(told).containsExactly(12L, 13L);
        assertThat(stream.events()).isEqualTo(3);
    }

    @Test
    void marksThatGoOverChunksAreFoundByteByByte() {
        var chunks = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var from = 0; from < EVENTS.length(); from += 7) {
            var part = EVENTS.substring(from, Math.min(EVENTS.length(), from + 7));
            chunks.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        for (var b : chunks.toString().getBytes(StandardCharsets.UTF_8)) {
            stream.read(ByteBuffer.wrap(new byte[] {b}));
        }

        assertThat(told).containsExactly(12L, 13L);
    }

    @Test
    void halfAnEventIsNotTold() {
        read("HTTP/1.1 200 OK\r\n\r\nid: 5\ndata: {\"version\":\"seq-12\"}\n");

        assertThat(told).isEmpty();
    }

    @Test
    void answerThatIsNoStreamIsRefused() {
        assertThatThrownBy(() -> read("HTTP/1.1 503 Service Unavailable\r\n\r\n"))
                .hasMessageContaining("503");
    }

    @Test
    void lastMarkOfAMessageIsFound() {
        assertThat(MarkFinder.last("a seq-3, sseq-40".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(40);
        assertThat(MarkFinder.last("seq-".getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
        assertThat(MarkFinder.last("none".getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
    }

    private void read(String text) {
        stream.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
