package io.rollcall.server.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A real target of health checks on loopback whose answers stand in a script, and which counts who asks. */
public abstract class FailingTarget implements AutoCloseable {

    private final String script;
    private final AtomicInteger asked = new AtomicInteger();

    private FailingTarget(String script) {
        this.script = script;
    }

    public abstract int port();

    /** How often it was asked. */
    public final int asked() {
        return asked.get();
    }

    /** Whether the next answer is to be good; the last one of the script goes on for ever. */
    final boolean ask() {
        return script.charAt(Math.min(asked.getAndIncrement(), script.length() - 1)) == '+';
    }

    @Override
    public abstract void close() throws IOException;

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Its answers are a plus for 200 and a minus for 503. */
    public static FailingTarget http(String script) throws IOException {
        return new Web(script, HttpServer.create(loopback(0), 0));
    }

    /** Its certificate is by an authority of its own. */
    public static FailingTarget https(String script, Path folder) throws Exception {
        var server = HttpsServer.create(loopback(0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(Certificates.in(folder).server()));
        return new Web(script, server);
    }

    /** The file with the authority of {@link #https}. */
    public static Path authorityFile(Path folder) {
        return folder.resolve("ca.pem");
    }

    private static final class Web extends FailingTarget {
        private final HttpServer server;

        Web(String script, HttpServer server) {
            super(script);
            this.server = server;
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(ask() ? 200 : 503, -1);
            exchange.close();
        }

        @Override
        public int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /** A minus is silence. */
    public static FailingTarget udp(String script) throws IOException {
        return new Udp(script);
    }

    private static final class Udp extends FailingTarget {
        private final DatagramSocket socket = new DatagramSocket(loopback(0));

        Udp(String script) throws IOException {
            super(script);
            daemon(() -> {
                while (true) {
                    var packet = new DatagramPacket(new byte[64], 64);
                    socket.receive(packet);
                    if (ask()) {
                        socket.send(packet);
                    }
                }
            });
        }

        @Override
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** The health service of grpc-java. */
    public static FailingTarget grpc(String script) throws IOException {
        return new Grpc(script);
    }

    private static final class Grpc extends FailingTarget implements ServerInterceptor {
        private final HealthStatusManager health = new HealthStatusManager();
        private final io.grpc.Server server = NettyServerBuilder.forAddress(loopback(0))
                .addService(health.getHealthService())
                .intercept(this)
                .build()
                .start();

        Grpc(String script) throws IOException {
            super(script);
        }

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            health.setStatus("", ask() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
            return next.startCall(call, headers);
        }

        @Override
        public int port() {
            return server.getPort();
        }

        @Override
        public void close() {
            server.shutdownNow();
        }
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void daemon(Loop loop) {
        var thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // Closed.
                    }
                },
                "failing-target");
        thread.setDaemon(true);
        thread.start();
    }
}
