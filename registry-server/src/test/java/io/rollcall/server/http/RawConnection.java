package io.rollcall.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test sends the bytes it likes, at the pace it likes. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream input;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        input = socket.getInputStream();
    }

    /** One answer; its header names are in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads one answer that has a length; {@code hasBody} is false for the answer to a HEAD. */
    Reply receive(boolean hasBody) throws IOException {
        var status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Reply(status, headers, new String(input.readNBytes(length), StandardCharsets.UTF_8));
    }

    Reply receive() throws IOException {
        return receive(true);
    }

    /** Whether the server has closed the connection, or closes it within the timeout of reading. */
    boolean isClosedByServer() throws IOException {
        return input.read() < 0;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = input.read(); b != '\n'; b = input.read()) {
            if (b < 0) {
                throw new IOException("connection was closed after '" + line + "'");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
