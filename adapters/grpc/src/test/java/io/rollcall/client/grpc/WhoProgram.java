package io.rollcall.client.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gRPC server that can be killed. */
final class WhoProgram {

    private WhoProgram() {}

    static Process start(String name, Path portFile) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WhoProgram.class.getName(),
                        name,
                        portFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(portFile.resolveSibling(name + ".log").toFile())
                .start();
    }

    /** Takes what it answers, and the file that takes its port. */
    public static void main(String[] words) throws IOException, InterruptedException {
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(Who.are(words[0]))
                .build()
                .start();
        var fresh = Path.of(words[1] + ".fresh");
        Files.writeString(fresh, Integer.toString(server.getPort()));
        Files.move(fresh, Path.of(words[1]));
        // Ends with the tests, should those be killed.
        ProcessHandle.current().parent().ifPresent(tests -> tests.onExit().join());
    }
}
