package io.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What the example serves: users, and that it is well. It keeps the process alive. */
final class UserServer {

    private static final int BACKLOG = 50;
    private static final int OK = 200;

    private UserServer() {}

    static void start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
        server.createContext("/users", exchange -> answer(exchange, "[\"ada\",\"grace\"]"));
        server.createContext("/health", exchange -> answer(exchange, "well"));
        server.start();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
