package io.rollcall.bench.load;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** HTTP/1.1 requests as bytes. All peers are sent the same headers. */
public final class Requests {

    private static final byte[] HOST = ascii(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    private static final byte[] JSON_LENGTH = ascii("Content-Type: application/json\r\nContent-Length: ");
    private static final byte[] HEAD_END = ascii("\r\n\r\n");

    private Requests() {}

    /**
     * A request without a body.
     *
     * @param path with its query, encoded
     * @return head, whole
     */
    public static byte[] get(String path) {
        return ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }

    /**
     * A request with a JSON body.
     *
     * @param method for example {@code POST}
     * @param path with its query, encoded
     * @param body UTF-8
     * @return head and body
     */
    public static byte[] withBody(String method, String path, byte[] body) {
        var out = ByteBuffer.allocate(256 + path.length() + body.length);
        write(out, ascii(method + " " + path), body);
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * Appends a request with a JSON body.
     *
     * @param out where to
     * @param methodAndPath for example {@code POST /v3/kv/put}, as bytes
     * @param body UTF-8
     */
    public static void write(ByteBuffer out, byte[] methodAndPath, byte[] body) {
        out.put(methodAndPath).put(HOST).put(JSON_LENGTH).put(ascii(Integer.toString(body.length)));
        out.put(HEAD_END).put(body);
    }

    /**
     * A source that draws evenly from given requests.
     *
     * @param requests whole ones, one or more
     * @return endless
     */
    public static RequestSource anyOf(List<byte[]> requests) {
        var choice = requests.toArray(byte[][]::new);
        return out -> out.put(choice[ThreadLocalRandom.current().nextInt(choice.length)]);
    }

    /**
     * A source that takes given requests in turn, again and again.
     *
     * @param requests whole ones, one or more; may grow while no load runs
     * @return endless; two loads from the same source go on where the other stopped
     */
    public static RequestSource inTurn(List<byte[]> requests) {
        var next = new AtomicLong();
        return out -> out.put(requests.get((int) (next.getAndIncrement() % requests.size())));
    }

    /**
     * Encodes a query's value.
     *
     * @param value any text
     * @return percent-encoded
     */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Encodes a head's text.
     *
     * @param text ASCII
     * @return its bytes
     */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
