package io.rollcall.bench.bare;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.DefaultTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A process with one Javalin route that returns the same bytes and headers whatever it is asked. */
public final class BareServer {

    // As a node sets up Javalin and Jetty, so that the difference is what a node does in its handler.
    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 8;
    private static final int THREAD_IDLE_MILLIS = 60_000;

    private BareServer() {}

    /**
     * Serves until it is stopped.
     *
     * @param args port, file of the body, file of the headers
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] args) throws IOException {
        var port = Integer.parseInt(args[0]);
        var body = Files.readAllBytes(Path.of(args[1]));
        var headers = readHeaders(Path.of(args[2]));
        var server = Javalin.create(config -> configure(config, port, headers, body));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        server.start();
    }

    @SuppressWarnings("unchecked") // varargs of a generic type
    private static void configure(JavalinConfig config, int port, Map<String, String> headers, byte[] body) {
        config.startup.showJavalinBanner = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.requestLifeCycle(DefaultTasks.INSTANCE.getHTTP());
        config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MILLIS);
        config.jetty.modifyServer(server -> server.setHandler(new GracefulHandler()));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> connector(server, http, port));
        config.routes.get("/api/v1/services/{name}", context -> {
            // The parameter is taken out, as any handler would have to.
            if (context.pathParam("name").isEmpty()) {
                context.status(404);
                return;
            }
            headers.forEach(context::header);
            context.result(body);
        });
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, int port) {
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        return connector;
    }

    private static Map<String, String> readHeaders(Path file) throws IOException {
        var headers = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            headers.load(in);
        }
        return headers.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, headers::getProperty));
    }
}
