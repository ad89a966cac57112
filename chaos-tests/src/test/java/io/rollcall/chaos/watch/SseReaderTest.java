package io.rollcall.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SseReaderTest {

    private static final String EVENTS =
            "id: 7\nevent: change\ndata: {\"a\":1}\n\n: a comment\n\nevent:sync\ndata:{}\n\n";

    private final List<String> told = new ArrayList<>();
    private final SseReader reader = new SseReader(new SseReader.Sink() {
        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void refused(int status, String text) {
            told.add("refused " + status + " " + text);
        }

        @Override
        public void told(String id, String event, String data) {
            told.add(id + " " + event + " " + data);
        }
    });

    @Test
    void eventsOfAnAnswerWithoutLengthAreRead() {
        read("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENTS);

        assertThat(told).containsExactly("opened", "7 change {\"a\":1}", " sync {}");
    }

    @Test
    void eventsThatGoOverChunksAreReadByteByByte() {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (byte each : (head + chunks(EVENTS, 11)).getBytes(StandardCharsets.UTF_8)) {
            reader.read(ByteBuffer.wrap(new byte[] {each}));
        }

        assertThat(told).containsExactly("opened", "7 change {\"a\":1}", " sync {}");
        assertThat(reader.isOver()).isFalse();
    }

    @Test
    void lastChunkEndsTheStream() {
        read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(EVENTS, 9) + "0\r\n\r\n");

        assertThat(told).hasSize(3);
        assertThat(reader.isOver()).isTrue();
    }

    @Test
    void answerThatIsNoStreamIsTold() {
        read("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 20\r\n\r\n{\"code\":\"not-ready\"}");

        assertThat(told).containsExactly("refused 503 {\"code\":\"not-ready\"}");
        assertThat(reader.isOver()).isTrue();
    }

    private void read(String text) {
        reader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String chunks(String text, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < text.length(); from += size) {
            String part = text.substring(from, Math.min(text.length(), from + size));
            chunks.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return chunks.toString();
    }
}
