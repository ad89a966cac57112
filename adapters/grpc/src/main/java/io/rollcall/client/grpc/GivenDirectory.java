package io.rollcall.client.grpc;

import io.rollcall.api.model.Namespace;
import io.rollcall.client.directory.ServiceDirectory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One directory, which somebody else closes. */
final class GivenDirectory implements Directories {

    private final Supplier<ServiceDirectory> source;
    private @Nullable ServiceDirectory directory;

    /** Asks the source once, for the first channel. */
    GivenDirectory(Supplier<ServiceDirectory> source) {
        this.source = source;
    }

    @Override
    public synchronized ServiceDirectory acquire(@Nullable Namespace namespace) {
        ServiceDirectory found = directory == null ? source.get() : directory;
        directory = found;
        if (namespace != null && !namespace.equals(found.namespace())) {
            throw new IllegalArgumentException("the registry's client is of namespace '" + found.namespace()
                    + "', and the target is of '" + namespace + "': register a provider with a client of that");
        }
        return found;
    }

    @Override
    public void release(ServiceDirectory unused) {}
}
