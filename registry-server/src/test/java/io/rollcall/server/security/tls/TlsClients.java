package io.rollcall.server.security.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Clients that show what they like, and believe all that they are shown. */
public final class TlsClients {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final byte HANDSHAKE = 0x16;
    private static final byte ALERT = 0x15;

    private TlsClients() {}

    /** Shows a certificate, or none if it is null; also for servers that show a bad one. */
    public static SSLContext showing(TestAuthority.Pair pair) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(keys(pair), new TrustManager[] {new Believing()}, null);
        return context;
    }

    private static KeyManager[] keys(TestAuthority.Pair pair) throws Exception {
        if (pair == null) {
            return null;
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", pair.key(), new char[0], new X509Certificate[] {pair.certificate()});
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /** Sends bytes after a handshake; what comes back first, or nothing if the server hangs up on it. */
    public static byte[] ask(int port, SSLContext context, String protocol, byte[] question) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write(question);
            socket.getOutputStream().flush();
            return first(socket);
        } catch (SSLException | SocketException refused) {
            // By TLS 1.3 a client learns of it when it reads.
            return new byte[0];
        }
    }

    /** The certificate that a server shows now. */
    public static X509Certificate shownBy(int port, SSLContext context) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** What comes back first for bytes that are no TLS. */
    public static byte[] askInTheClear(int port, byte[] question) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(question);
            socket.getOutputStream().flush();
            return first(socket);
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    private static byte[] first(Socket socket) throws IOException {
        var buffer = new byte[1024];
        var count = socket.getInputStream().read(buffer);
        return count < 0 ? new byte[0] : Arrays.copyOf(buffer, count);
    }

    /** Whether a server answers the first words of TLS 1.1, which the JDK does not even send, by more than a refusal. */
    public static boolean speaksTls11(int port) throws IOException {
        var answer = askInTheClear(port, helloOfTls11());
        return answer.length > 0 && answer[0] == HANDSHAKE;
    }

    /** Whether an answer is TLS' word for a refusal. */
    public static boolean isAlert(byte[] answer) {
        return answer.length > 0 && answer[0] == ALERT;
    }

    private static byte[] helloOfTls11() {
        // Version, random, no session, two suites of the time, no compression, and no extensions.
        var body = ByteBuffer.allocate(2 + 32 + 1 + 2 + 4 + 2)
                .putShort((short) 0x0302)
                .put("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .putShort((short) 4)
                .putShort((short) 0xC013)
                .putShort((short) 0xC009)
                .put((byte) 1)
                .put((byte) 0)
                .array();
        return ByteBuffer.allocate(5 + 4 + body.length)
                .put(HANDSHAKE)
                .putShort((short) 0x0301)
                .putShort((short) (4 + body.length))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    private static final class Believing extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
