package io.rollcall.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Requests at a rate that does not wait for answers: each connection sends its next one when its time has come, or as soon as it
 * is answered if that is later. One thread and raw sockets, so that the load costs less than what it asks for.
 */
final class RawLoad {

    private static final int BUFFER_BYTES = 8 * 1024;

    private final List<URI> nodes;
    private final IntFunction<byte[]> requests;
    private int next;

    /**
     * A load.
     *
     * @param nodes are asked in turn, each connection always the same one
     * @param requests makes the whole text of one, of its number
     */
    RawLoad(List<URI> nodes, IntFunction<byte[]> requests) {
        this.nodes = nodes;
        this.requests = requests;
    }

    /** What came of it. */
    static final class Answers {
        final TreeMap<Integer, Long> byStatus = new TreeMap<>();
        final List<String> withoutRetryAfter = new ArrayList<>();
        final List<String> oddities = new ArrayList<>();
        long sent;
        long broken;

        long done() {
            return byStatus.getOrDefault(200, 0L) + byStatus.getOrDefault(201, 0L);
        }

        long refused() {
            return byStatus.getOrDefault(429, 0L) + byStatus.getOrDefault(503, 0L);
        }

        @Override
        public String toString() {
            return "sent " + sent + ", answered " + byStatus + ", broken connections " + broken;
        }
    }

    /**
     * Sends for a while, then waits for what is under way.
     *
     * @param connections how many
     * @param perSecond by all together; 0: each as soon as it is answered
     * @param duration how long to send
     */
    Answers run(int connections, double perSecond, Duration duration) {
        Answers answers = new Answers();
        try (Selector selector = Selector.open()) {
            List<Wire> wires = new ArrayList<>();
            long start = System.nanoTime();
            long interval = perSecond == 0 ? 0 : (long) (connections * 1e9 / perSecond);
            for (int i = 0; i < connections; i++) {
                wires.add(
                        new Wire(nodes.get(i % nodes.size()), selector, start + interval * i / connections, interval));
            }
            long end = start + duration.toNanos();
            // Answers come in their time or never: a write's deadline and some more.
            long last = end + Duration.ofSeconds(10).toNanos();
            while (System.nanoTime() < end || (isWaiting(wires) && System.nanoTime() < last)) {
                long now = System.nanoTime();
                if (now < end) {
                    for (Wire wire : wires) {
                        wire.sendIfDue(now, answers);
                    }
                }
                selector.select(key -> ((Wire) key.attachment()).ready(key, answers), 1);
            }
            for (Wire wire : wires) {
                wire.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    private static boolean isWaiting(List<Wire> wires) {
        return wires.stream().anyMatch(wire -> wire.waits);
    }

    /** One connection. */
    private final class Wire {
        private final InetSocketAddress address;
        private final Selector selector;
        private final long interval;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        private SocketChannel channel;
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long dueAt;
        private boolean waits;

        Wire(URI node, Selector selector, long dueAt, long interval) throws IOException {
            this.address = new InetSocketAddress(node.getHost(), node.getPort());
            this.selector = selector;
            this.dueAt = dueAt;
            this.interval = interval;
            connect();
        }

        private void connect() throws IOException {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(address);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void sendIfDue(long now, Answers answers) {
            if (waits || now < dueAt) {
                return;
            }
            // What it could not send in its time is not made up for: it was late, and so would its caller be.
            dueAt = Math.max(dueAt + interval, now - interval);
            out = ByteBuffer.wrap(requests.apply(next++));
            waits = true;
            answers.sent++;
            try {
                write();
            } catch (IOException e) {
                broke(answers);
            }
        }

        private void write() throws IOException {
            channel.write(out);
            int interest = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            channel.keyFor(selector).interestOps(interest);
        }

        void ready(SelectionKey key, Answers answers) {
            try {
                if (key.isWritable()) {
                    write();
                }
                if (key.isReadable()) {
                    if (channel.read(in) < 0) {
                        broke(answers);
                        return;
                    }
                    read(answers);
                }
            } catch (IOException e) {
                broke(answers);
            }
        }

        private void read(Answers answers) {
            String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head < 0) {
                return;
            }
            String headers = text.substring(0, head).toLowerCase(Locale.ROOT);
            int length = Integer.parseInt(value(headers, "content-length", "0"));
            if (in.position() < head + 4 + length) {
                return;
            }
            int status = Integer.parseInt(text.substring(9, 12));
            answers.byStatus.merge(status, 1L, Long::sum);
            boolean refused = status == 429 || status == 503;
            if (refused && value(headers, "retry-after", "").isEmpty()) {
                answers.withoutRetryAfter.add(text.substring(0, Math.min(text.length(), 600)));
            }
            if (status >= 400 && !refused && status != 504 && answers.oddities.size() < 5) {
                answers.oddities.add(text.substring(0, Math.min(text.length(), 600)));
            }
            in.clear();
            waits = false;
        }

        private static String value(String headers, String name, String otherwise) {
            int from = headers.indexOf("\n" + name + ":");
            if (from < 0) {
                return otherwise;
            }
            int end = headers.indexOf('\r', from);
            return headers.substring(from + name.length() + 2, end < 0 ? headers.length() : end)
                    .strip();
        }

        private void broke(Answers answers) {
            answers.broken++;
            waits = false;
            in.clear();
            try {
                channel.close();
                connect();
            } catch (IOException e) {
                throw new UncheckedIOException("a node does not take connections any more", e);
            }
        }

        void close() throws IOException {
            channel.close();
        }
    }
}
