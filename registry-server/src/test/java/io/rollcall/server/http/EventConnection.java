package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection to a stream of events, read as it comes, by hand: nothing buffers between the server and the test. */
final class EventConnection implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final int status;
    /** Names in lower case. */
    final Map<String, String> headers = new TreeMap<>();

    private final Socket socket;
    private final InputStream input;
    private boolean hasBegun;
    private int leftOfChunk;

    /** One event. */
    record Event(String type, Long id, JsonNode data) {}

    EventConnection(int port, String pathAndQuery, String... requestHeaders) throws IOException {
        this(port, 64 * 1024, pathAndQuery, requestHeaders);
    }

    EventConnection(int port, int receiveBytes, String pathAndQuery, String... requestHeaders) throws IOException {
        socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        input = new BufferedInputStream(socket.getInputStream());
        var request = new StringBuilder("GET " + pathAndQuery + " HTTP/1.1\r\nHost: test\r\n");
        for (var i = 0; i < requestHeaders.length; i += 2) {
            request.append(requestHeaders[i])
                    .append(": ")
                    .append(requestHeaders[i + 1])
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        status = Integer.parseInt(rawLine().split(" ", 3)[1]);
        for (var line = rawLine(); !line.isEmpty(); line = rawLine()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    /** The next event; null at the end of the stream. */
    Event next() throws IOException {
        String type = null;
        Long id = null;
        JsonNode data = null;
        for (var line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                return new Event(type, id, data);
            }
            var value = line.substring(line.indexOf(": ") + 2);
            switch (line.substring(0, line.indexOf(':'))) {
                case "event" -> type = value;
                case "id" -> id = Long.parseLong(value);
                case "data" -> data = JSON.readTree(value);
                default -> throw new AssertionError(line);
            }
        }
        return null;
    }

    /** The next event that is no sync. */
    Event nextNews() throws IOException {
        var event = next();
        while (event != null && event.type().equals("sync")) {
            event = next();
        }
        return event;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = read(); b != '\n'; b = read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The next byte of the body, which is chunked. */
    private int read() throws IOException {
        if (leftOfChunk == 0) {
            // Jetty ends a chunk when it begins the next: who waits for that has each event when the one after it
            // comes.
            if (hasBegun) {
                rawLine();
            }
            hasBegun = true;
            leftOfChunk = Integer.parseInt(rawLine(), 16);
            if (leftOfChunk == 0) {
                return -1;
            }
        }
        var b = input.read();
        if (b < 0) {
            throw new IOException("cut off in the midst of a chunk");
        }
        leftOfChunk--;
        return b;
    }

    private String rawLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = input.read(); b != '\n'; b = input.read()) {
            if (b < 0) {
                throw new IOException("cut off after '" + line + "'");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The body of an answer that has a length. */
    JsonNode json() throws IOException {
        return JSON.readTree(input.readNBytes(Integer.parseInt(headers.get("content-length"))));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
