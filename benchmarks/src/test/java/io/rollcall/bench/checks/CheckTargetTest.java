package io.rollcall.bench.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.bench.load.HttpLoad;
import io.rollcall.bench.load.LoadPlan;
import io.rollcall.bench.load.RequestSource;
import io.rollcall.bench.load.Requests;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CheckTargetTest {

    private static final RequestSource GET = out -> out.put(Requests.get("/health"));

    @Test
    void answersEachRequestOnceAtEachAddress() throws Exception {
        try (var target = CheckTarget.start(3)) {
            var result = HttpLoad.run(LoadPlan.closed(target.addresses(), 6, Duration.ofMillis(300)), GET);

            assertThat(target.addresses()).doesNotHaveDuplicates().hasSize(3);
            assertThat(result.failures()).isEmpty();
            assertThat(target.answered())
                    .isEqualTo(result.latencyMicros().getTotalCount())
                    .isPositive();
            assertThat(target.accepted()).isEqualTo(6);
        }
    }

    @Test
    void findsTheEndOfARequestHoweverItIsCut() throws Exception {
        try (var target = CheckTarget.start(1);
                var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(target.addresses().get(0));
            for (var b : "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(b);
            }

            var answer = new String(socket.getInputStream().readNBytes(40), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nOK");
        }
    }

    @Test
    void goesOnWhenACallerIsGone() throws Exception {
        try (var target = CheckTarget.start(1)) {
            try (var socket = new Socket()) {
                socket.connect(target.addresses().get(0));
                socket.getOutputStream().write('G');
            }

            var result = HttpLoad.run(LoadPlan.closed(target.addresses(), 1, Duration.ofMillis(100)), GET);

            assertThat(result.failures()).isEmpty();
            assertThat(result.answered()).isPositive();
        }
    }
}
