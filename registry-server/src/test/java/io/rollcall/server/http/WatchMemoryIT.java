package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.config.WatchSettings;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a watcher costs who hears nothing. */
final class WatchMemoryIT {

    private static final Logger LOG = LoggerFactory.getLogger(WatchMemoryIT.class);
    private static final int WATCHERS = 2_000;

    @TempDir
    Path folder;

    private static long usedHeap() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static SocketChannel watch(int port, int number) throws Exception {
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var request = "GET /api/v1/watch?service=s" + number % 100 + " HTTP/1.1\r\nHost: test\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    @Test
    void idleWatcherCostsLessThan32KiBOfHeapWithHisConnection() throws Exception {
        var settings = new WatchSettings(10_000, 10, Duration.ofMinutes(5), Duration.ofMinutes(5), 1_000, 100);
        try (var node = new HttpNode(folder, settings)) {
            List<SocketChannel> channels = new ArrayList<>();
            for (var i = 0; i < 200; i++) {
                channels.add(watch(node.port, i));
            }
            await().atMost(20, SECONDS)
                    .untilAsserted(
                            () -> assertThat(node.hub.figures().streams()).isEqualTo(200));
            var before = usedHeap();

            for (var i = 0; i < WATCHERS; i++) {
                channels.add(watch(node.port, i));
            }
            await().atMost(60, SECONDS)
                    .untilAsserted(
                            () -> assertThat(node.hub.figures().streams()).isEqualTo(200 + WATCHERS));
            var each = (usedHeap() - before) / WATCHERS;

            LOG.atInfo().addKeyValue("bytes", each).log("heap of an idle watcher, both ends of his connection");
            assertThat(each).isLessThan(32 * 1024);
            for (var channel : channels) {
                channel.close();
            }
        }
    }
}
