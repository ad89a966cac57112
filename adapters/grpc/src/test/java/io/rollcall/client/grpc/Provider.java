package io.rollcall.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A gRPC server of the tests, registered under what it answers, with a lease and beats. */
final class Provider implements AutoCloseable {

    private static final Duration TTL = Duration.ofSeconds(10);

    /** Of one that is killed, so that this is soon known. */
    private static final Duration SHORT_TTL = Duration.ofSeconds(1);

    private static final long BEAT_MILLIS = 300;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final RegistryClient registry;
    private final InstanceKey key;
    private final Runnable end;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();

    private Provider(RegistryClient registry, InstanceKey key, Runnable end) {
        this.registry = registry;
        this.key = key;
        this.end = end;
    }

    /** One in this process. */
    static Provider start(RegistryClient registry, ServiceKey service, String name) throws IOException {
        return start(registry, service, name, "127.0.0.1");
    }

    static Provider start(RegistryClient registry, ServiceKey service, String name, String host) throws IOException {
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(Who.are(name))
                .build()
                .start();
        var key = new InstanceKey(service, new InstanceId(name));
        return new Provider(registry, key, server::shutdownNow).register(host, server.getPort(), TTL);
    }

    /** One as a process, which is killed as by {@code kill -9}. */
    static Provider startProcess(RegistryClient registry, ServiceKey service, String name, Path folder)
            throws IOException {
        var portFile = folder.resolve(name + ".port");
        var process = WhoProgram.start(name, portFile);
        await().atMost(START_LIMIT).untilAsserted(() -> assertThat(portFile).exists());
        var key = new InstanceKey(service, new InstanceId(name));
        return new Provider(registry, key, process::destroyForcibly)
                .register("127.0.0.1", Integer.parseInt(Files.readString(portFile)), SHORT_TTL);
    }

    private Provider register(String host, int port, Duration ttl) {
        var instance = registry.register(Registration.builder(key)
                        .address(host, port)
                        .protocol(Protocol.GRPC)
                        .ttl(ttl)
                        .build())
                .orThrow();
        var beat = new Heartbeat(key, instance.incarnation());
        // Whatever becomes of a beat, the next one makes up for it.
        var unused = beats.scheduleWithFixedDelay(
                () -> registry.heartbeat(beat), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Says that it goes; it still answers. */
    void leave() {
        beats.shutdownNow();
        registry.deregister(key, WriteOptions.none()).orThrow();
    }

    /** Is gone from one moment to the next, and says nothing. */
    void kill() {
        beats.shutdownNow();
        end.run();
    }

    /** What it answers. */
    String name() {
        return key.id().value();
    }

    @Override
    public void close() {
        kill();
    }
}
