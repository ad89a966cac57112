package io.rollcall.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A provider: a small HTTP server in this process, what it registers of itself, and the troubles that it gets into. */
final class SampleProvider implements AutoCloseable {

    private static final String HEALTH = "/health";

    private final HttpServer server;
    private final Registration registration;
    private final Trouble failing;
    private final Trouble silent;

    private SampleProvider(HttpServer server, Registration registration, Trouble failing, Trouble silent) {
        this.server = server;
        this.registration = registration;
        this.failing = failing;
        this.silent = silent;
    }

    /**
     * Starts a provider.
     *
     * @param builder what it registers, but for its address, lease and check
     * @param path where it serves
     * @param pace of its lease and its check
     * @param failing while this is on, it answers its health checks with 503; calls are answered all the same
     * @param silent while this is on, it sends no heartbeats
     */
    static SampleProvider start(RegistrationBuilder builder, String path, Pace pace, Trouble failing, Trouble silent)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Registration registration = builder.address(
                        "127.0.0.1", server.getAddress().getPort())
                .tags(Map.of("environment", "production", "team", "backend"))
                .ttl(pace.ttl())
                .healthCheck(pace.check(HEALTH))
                .build();
        String served = "{\"servedBy\":\"" + registration.key().id() + "\"}\n";
        server.createContext(path, exchange -> answer(exchange, 200, served));
        server.createContext(HEALTH, exchange -> {
            boolean down = failing.isOn();
            answer(exchange, down ? 503 : 200, "{\"status\":\"" + (down ? "down" : "up") + "\"}\n");
        });
        server.start();
        return new SampleProvider(server, registration, failing, silent);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    Registration registration() {
        return registration;
    }

    boolean isSilent() {
        return silent.isOn();
    }

    /** What troubles have come or gone since the last call. For one thread alone. */
    List<String> takeNews() {
        return Stream.of(failing, silent)
                .map(Trouble::takeNews)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
