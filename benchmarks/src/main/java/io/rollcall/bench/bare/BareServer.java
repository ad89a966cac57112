package io.rollcall.bench.bare;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A process with one Javalin route that returns the same bytes and headers whatever it is asked. */
public final class BareServer {

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
        var server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/api/v1/services/{name}", context -> {
                // The parameter is taken out as any handler would have to.
                if (context.pathParam("name").isEmpty()) {
                    context.status(404);
                    return;
                }
                headers.forEach(context::header);
                context.result(body);
            });
        });
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        server.start("127.0.0.1", port);
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
