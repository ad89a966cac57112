package io.rollcall.client.directory;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Watch;
import io.rollcall.client.WatchOptions;
import io.rollcall.client.answer.Discovery;
import io.rollcall.client.watch.WatchListener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry as a client reaches it. */
final class ClientPort implements RegistryPort {

    private final RegistryClient client;
    private final DirectoryOptions options;

    ClientPort(RegistryClient client, DirectoryOptions options) {
        this.client = client;
        this.options = options;
    }

    @Override
    public Subscription watch(List<ServiceKey> services, WatchListener listener) {
        WatchOptions how = WatchOptions.healthy()
                .withSelection(options.selection())
                .withSubscriber(options.subscriber())
                .withSyncInterval(options.syncInterval());
        Watch watch = client.watch(services, how, listener);
        return new Subscription() {
            @Override
            public boolean isRunning() {
                return watch.isRunning();
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }

    @Override
    public Outcome<Discovery> read(ServiceKey service, @Nullable Duration maxAge) {
        return client.discover(service, options.selection(), ReadOptions.stale().withMaxStaleness(maxAge));
    }
}
