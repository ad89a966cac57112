package io.rollcall.chaos.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network before one node that carries every request and loses every reply: the connection ends without a byte of the
 * answer. Thread-safe.
 */
public final class CuttingProxy implements AutoCloseable {

    /** When the connection is cut. */
    public enum Cut {
        /** As soon as the request was passed on: the node may not even have begun. */
        AFTER_REQUEST,
        /** When the answer begins to come back: what it tells has happened. */
        BEFORE_REPLY
    }

    private static final Logger LOG = LoggerFactory.getLogger(CuttingProxy.class);
    private static final String HEAD_END = "\r\n\r\n";
    private static final int REQUEST_BYTES_MAX = 64 * 1024;
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final InetSocketAddress target;
    private final Cut cut;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "cutting-proxy"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();

    /**
     * A proxy that listens on the loopback.
     *
     * @param node the node's HTTP address
     * @param cut when connections are cut
     */
    public CuttingProxy(URI node, Cut cut) {
        this.target = new InetSocketAddress(node.getHost(), node.getPort());
        this.cut = cut;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
        threads.execute(this::accept);
    }

    /**
     * Returns where to send requests.
     *
     * @return the proxy's address
     */
    public URI http() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /**
     * Returns how often a reply was lost.
     *
     * @return 0 or more
     */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                open.add(caller);
                threads.execute(() -> carry(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket caller) {
        try (caller;
                Socket node = new Socket()) {
            node.connect(target);
            node.getOutputStream().write(readRequest(caller.getInputStream()));
            if (cut == Cut.BEFORE_REPLY && node.getInputStream().read() < 0) {
                throw new IOException("the node closed without a reply");
            }
            cuts.incrementAndGet();
        } catch (IOException broken) {
            LOG.atDebug().setCause(broken).log("connection ended before its cut");
        } finally {
            open.remove(caller);
        }
    }

    /** Reads one request, head and body, so that the cut comes neither before its end nor long after. */
    private static byte[] readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        int missing = 1;
        while (missing > 0) {
            if (request.size() + missing > REQUEST_BYTES_MAX) {
                throw new IOException("a request of more than " + REQUEST_BYTES_MAX + " bytes");
            }
            byte[] read = in.readNBytes(missing);
            if (read.length < missing) {
                throw new EOFException("the caller left within its request");
            }
            request.writeBytes(read);
            missing = missingBytes(request.toString(StandardCharsets.ISO_8859_1));
        }
        return request.toByteArray();
    }

    private static int missingBytes(String request) {
        int head = request.indexOf(HEAD_END);
        if (head < 0) {
            return 1;
        }
        Matcher length = CONTENT_LENGTH.matcher(request);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return head + HEAD_END.length() + body - request.length();
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
