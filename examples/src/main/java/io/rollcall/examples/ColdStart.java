package io.rollcall.examples;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that starts while no node of the registry can be reached, and serves from what an earlier run has kept. */
public final class ColdStart {

    private ColdStart() {}

    /**
     * Tells what it knows of a service, and how old that is.
     *
     * @param args the folder, then the URLs of the registry's nodes
     */
    public static void main(String[] args) {
        long begun = System.nanoTime();
        Path folder = Path.of(args[0]);
        List<String> servers = List.of(args).subList(1, args.length);

        // docs: cold-start
        RegistryClient registry = RegistryClient.builder().servers(servers).build();
        ServiceDirectory directory =
                registry.directory(DirectoryOptions.defaults().withCacheFolder(folder));
        ServiceView view = directory.view(registry.service("user-service"));
        System.out.println(view.instances().size() + " instances from " + view.source() + ", "
                + view.age().toSeconds() + " s old");
        // docs: end
        System.out.println(
                "known after " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
        registry.close();
    }
}
