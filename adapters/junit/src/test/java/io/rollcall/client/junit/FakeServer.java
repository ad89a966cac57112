package io.rollcall.client.junit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A server that starts at once and is ready, or is told by {@code -Dfake.status} never to be, or to end. */
final class FakeServer {

    private FakeServer() {}

    /** Makes a folder that looks like the distribution. */
    static Path install(Path home) {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, FakeServer.class.getName());
        var classes = FakeServer.class.getProtectionDomain().getCodeSource().getLocation();
        attributes.put(Attributes.Name.CLASS_PATH, classes.toString());
        var jar = home.resolve("lib").resolve("rollcall-server.jar");
        try {
            Files.createDirectories(jar.getParent());
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    public static void main(String[] words) throws Exception {
        var options = List.of(words);
        var status = Integer.getInteger("fake.status", 200);
        if (status == 0) {
            throw new IllegalStateException("the fake server ends, " + System.getenv("ROLLCALL_FAKE_WORD"));
        }
        var http = options.get(options.indexOf("--http") + 1).split(":", -1);
        var server = HttpServer.create(new InetSocketAddress(http[0], Integer.parseInt(http[1])), 0);
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        var data = Path.of(options.get(options.indexOf("--data") + 1));
        Files.createDirectories(data);
        var starts = data.resolve("starts");
        Files.writeString(starts, "start\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var count = Files.readAllLines(starts).size();
        System.getLogger("fake").log(System.Logger.Level.INFO, "starts on this data: " + count);
        server.start();
        new CountDownLatch(1).await();
    }
}
