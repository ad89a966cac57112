package io.rollcall.client.provide;

import io.rollcall.client.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A service as a process: it registers itself and serves until it is ended. The arguments are a file that it makes when it
 * is registered, and the nodes.
 */
public final class ProviderProgram {

    private ProviderProgram() {}

    // The process ends with them open: that is what is tested.
    public static void main(String[] args) throws InterruptedException, IOException {
        RegistryClient registry = RegistryClient.builder()
                .servers(List.of(args).subList(1, args.length))
                .build();
        InstanceProvider provider =
                registry.provider(ProviderOptions.defaults().withCloseTimeout(Duration.ofSeconds(5)));
        provider.register(8080);
        Files.createFile(Path.of(args[0]));
        new CountDownLatch(1).await();
    }
}
