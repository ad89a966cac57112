package io.rollcall.client.grpc;

import io.rollcall.api.model.Namespace;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Directories of the registry that the environment names, one a namespace, each with a client of its own. They live while
 * a channel needs them.
 */
final class EnvironmentDirectories implements Directories {

    static final String SERVERS = "ROLLCALL_SERVERS";
    static final String TOKEN = "ROLLCALL_TOKEN";

    private final UnaryOperator<@Nullable String> environment;
    private final Map<Namespace, Shared> shared = new HashMap<>();

    private static final class Shared {

        private final RegistryClient client;
        private final ServiceDirectory directory;
        private int users;

        private Shared(RegistryClient client) {
            this.client = client;
            this.directory = client.directory(DirectoryOptions.defaults());
        }
    }

    EnvironmentDirectories(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public synchronized ServiceDirectory acquire(@Nullable Namespace namespace) {
        Namespace key = namespace == null ? Namespace.DEFAULT : namespace;
        Shared found = shared.get(key);
        if (found == null) {
            found = new Shared(client(key));
            shared.put(key, found);
        }
        found.users++;
        return found.directory;
    }

    private RegistryClient client(Namespace namespace) {
        String servers = environment.apply(SERVERS);
        List<String> urls = servers == null
                ? List.of()
                : Stream.of(servers.split(",", -1))
                        .map(String::strip)
                        .filter(url -> !url.isEmpty())
                        .toList();
        if (urls.isEmpty()) {
            throw new IllegalStateException("where is the registry? Set " + SERVERS
                    + " (URLs with commas between), or register a RollcallNameResolverProvider of your client");
        }
        return RegistryClient.builder()
                .servers(urls)
                .token(environment.apply(TOKEN))
                .namespace(namespace)
                .build();
    }

    @Override
    public synchronized void release(ServiceDirectory directory) {
        Shared found = shared.get(directory.namespace());
        if (found == null || found.directory != directory) {
            return;
        }
        found.users--;
        if (found.users == 0) {
            shared.remove(directory.namespace());
            // Not here: it waits for streams to end, and this is the channel's own thread.
            Thread closing = new Thread(found.client::close, "rollcall-grpc-close");
            closing.setDaemon(true);
            closing.start();
        }
    }

    synchronized int size() {
        return shared.size();
    }
}
