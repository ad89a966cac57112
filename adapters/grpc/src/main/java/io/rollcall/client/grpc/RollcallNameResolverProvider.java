package io.rollcall.client.grpc;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.ServiceDirectory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets channels be opened for services: {@code ManagedChannelBuilder.forTarget("rollcall:///orders")}. The channel is told
 * of each change, and goes on with what is known while the registry is away.
 *
 * <p>The target is {@code rollcall://[namespace]/service}, and may select as discovery does: {@code ?tag=key:value} (all of
 * several), {@code zone=}, {@code version=}, {@code protocol=}. Instances of weight 0 are left out.
 *
 * <p>Register one with the program's client:
 *
 * <pre>{@code
 * NameResolverRegistry.getDefaultRegistry().register(RollcallNameResolverProvider.of(directory));
 * }</pre>
 *
 * <p>Without that, grpc-java finds one by itself, which takes the registry's nodes from the environment: {@code
 * ROLLCALL_SERVERS}, {@code ROLLCALL_TOKEN}. Thread-safe.
 */
public final class RollcallNameResolverProvider extends NameResolverProvider {

    private static final int PRIORITY_OF_ENVIRONMENT = 5;
    private static final int PRIORITY_OF_GIVEN = 6;

    private final Directories directories;
    private final int priority;

    /** The one that grpc-java finds by itself. Asks for the environment at the first channel. */
    public RollcallNameResolverProvider() {
        this(System::getenv);
    }

    RollcallNameResolverProvider(UnaryOperator<@Nullable String> environment) {
        this(new EnvironmentDirectories(environment), PRIORITY_OF_ENVIRONMENT);
    }

    private RollcallNameResolverProvider(Directories directories, int priority) {
        this.directories = directories;
        this.priority = priority;
    }

    /**
     * Takes the names from a directory.
     *
     * @param directory to be closed by the caller, after the channels
     * @return goes before the one of the environment
     */
    public static RollcallNameResolverProvider of(ServiceDirectory directory) {
        return new RollcallNameResolverProvider(new GivenDirectory(() -> directory), PRIORITY_OF_GIVEN);
    }

    /**
     * Takes the names from a directory of its own, with all defaults, which is opened with the first channel.
     *
     * @param client to be closed by the caller, after the channels
     * @return goes before the one of the environment
     */
    public static RollcallNameResolverProvider of(RegistryClient client) {
        return new RollcallNameResolverProvider(
                new GivenDirectory(() -> client.directory(DirectoryOptions.defaults())), PRIORITY_OF_GIVEN);
    }

    /**
     * Makes the resolver of a channel.
     *
     * @param target of the channel
     * @param args the channel's
     * @return null if the scheme is another
     * @throws IllegalArgumentException if the target is of another form
     */
    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!Target.SCHEME.equals(target.getScheme())) {
            return null;
        }
        return new RollcallNameResolver(Target.parse(target), directories, args);
    }

    @Override
    public String getDefaultScheme() {
        return Target.SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return priority;
    }
}
