package io.rollcall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerReaderTest {

    private final AnswerReader reader = new AnswerReader();

    @Test
    void readsBodyOfGivenLength() {
        var complete = reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));

        assertThat(complete).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.bodyBytes()).isEqualTo(5);
        assertThat(reader.closes()).isFalse();
    }

    @Test
    void readsChunksWithExtensionsAndTrailers() {
        var head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        var body = String.join("\r\n", "5;x=y", "hello", "A", "0123456789", "0", "Sum: 1", "", "");

        var complete = reader.read(bytes(head + body));

        assertThat(complete).isTrue();
        assertThat(reader.bodyBytes()).isEqualTo(15);
    }

    @Test
    void readsTheSameHoweverTheBytesAreCut() {
        var answers = String.join(
                        "\r\n", List.of("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "abc", "0", "", ""))
                + String.join(
                        "\r\n",
                        List.of(
                                "HTTP/1.1 404 Not Found",
                                "CONTENT-LENGTH: 2",
                                "Connection: close",
                                "",
                                "{}HTTP/1.1 204 No Content",
                                "",
                                ""));
        var statuses = new StringBuilder();

        for (var b : answers.getBytes(StandardCharsets.US_ASCII)) {
            if (reader.read(ByteBuffer.wrap(new byte[] {b}))) {
                statuses.append(reader.status())
                        .append(reader.closes() ? "c" : "")
                        .append(' ');
            }
        }

        assertThat(statuses).hasToString("200 404c 204 ");
    }

    @Test
    void refusesWhatHasNoEndOrIsNoHttp() {
        assertThatThrownBy(() -> new AnswerReader().read(bytes("HTTP/1.1 200 OK\r\n\r\nx")))
                .hasMessageContaining("unknown length");
        assertThatThrownBy(() -> new AnswerReader().read(bytes("SSH-2.0-OpenSSH_9\r\n")))
                .hasMessageContaining("no HTTP status line");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
