package io.rollcall.client;

import io.rollcall.api.model.Namespace;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/** Clients that begin with the first of their servers. */
final class OrderedClient {

    private OrderedClient() {}

    /** With pauses of the ticker; those of the client if it is null. */
    static RegistryClient of(Ticker ticker, Duration attemptTimeout, CallTelemetry telemetry, String... urls) {
        ClientSettings settings = new ClientSettings(
                Stream.of(urls).map(URI::create).toList(),
                attemptTimeout,
                attemptTimeout,
                ClientSettings.DEADLINE,
                ClientSettings.MIN_BACKOFF,
                ClientSettings.MAX_BACKOFF,
                1_000_000,
                false);
        ClientThreads threads = new ClientThreads(null);
        Exchange exchange = new Exchange(settings, Credentials.none(), null, threads);
        ServerList servers = new ServerList(settings.servers(), 0);
        Failover failover = new Failover(settings, servers, exchange, ticker == null ? threads : ticker, telemetry);
        return new RegistryClient(settings, Namespace.DEFAULT, failover, exchange, threads);
    }
}
