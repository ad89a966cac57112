package io.rollcall.client.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.directory.DirectoryHealth;
import io.rollcall.client.directory.DirectoryListener;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceHandle;
import io.rollcall.client.directory.ServiceView;
import io.rollcall.client.directory.StaleDataException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells a channel where the instances of a service are, whenever that changes. An error is told only when nothing is
 * known, or nothing that may be believed: else the channel goes on with what it was told.
 *
 * <p>Confined to the channel's synchronization context, but for what says otherwise.
 */
final class RollcallNameResolver extends NameResolver {

    private final Target target;
    private final Directories directories;
    private final SynchronizationContext context;
    private final Executor names;
    private final DirectoryListener news = new News();

    private @Nullable Listener2 listener;
    private @Nullable ServiceDirectory directory;
    private @Nullable ServiceHandle service;

    /** What the channel has taken last; null if it has taken nothing, or was told an error since. */
    private @Nullable List<Instance> taken;

    private boolean hasToldAddresses;
    private boolean isLookingUp;
    private boolean looksAgain;
    private boolean isShutdown;

    RollcallNameResolver(Target target, Directories directories, Args args) {
        this.target = target;
        this.directories = directories;
        this.context = args.getSynchronizationContext();
        Executor offload = args.getOffloadExecutor();
        this.names = offload != null ? offload : task -> new Thread(task, "rollcall-grpc-names").start();
    }

    @Override
    public String getServiceAuthority() {
        return target.service().value();
    }

    @Override
    public void start(Listener2 channel) {
        listener = channel;
        follow();
    }

    /** The channel lost a connection, or had no use for what it was told. */
    @Override
    public void refresh() {
        if (service == null) {
            follow();
        } else {
            look(true);
        }
    }

    @Override
    public void shutdown() {
        isShutdown = true;
        ServiceDirectory held = directory;
        directory = null;
        if (held != null) {
            held.removeListener(news);
            directories.release(held);
        }
    }

    private void follow() {
        if (isShutdown) {
            return;
        }
        try {
            ServiceDirectory held = directory != null ? directory : directories.acquire(target.namespace());
            directory = held;
            ServiceHandle followed = held.service(new ServiceKey(held.namespace(), target.service()));
            held.addListener(news);
            service = followed;
            // A view that is refused is refused again by look.
            var unused = held.viewAsync(followed.service())
                    .whenCompleteAsync((view, refused) -> context.execute(() -> look(false)), names);
        } catch (IllegalStateException | IllegalArgumentException e) {
            tell(Status.UNAVAILABLE.withDescription(e.getMessage()).withCause(e));
        }
    }

    /** Tells the channel what is known, unless it knows that already. */
    private void look(boolean isAsked) {
        ServiceHandle known = service;
        if (isShutdown || known == null) {
            return;
        }
        ServiceView view;
        try {
            view = known.view();
        } catch (StaleDataException e) {
            tell(Status.UNAVAILABLE.withDescription(e.getMessage()));
            return;
        }
        if (!view.isKnown()) {
            if (!hasToldAddresses) {
                tell(Status.UNAVAILABLE.withDescription(whyNothingIsKnown()));
            }
            return;
        }
        if (isLookingUp) {
            // What that finds is told first: it must not come after what is newer.
            looksAgain = true;
            return;
        }
        List<Instance> chosen = target.choose(view.instances());
        boolean hasNames = Addresses.hasNames(chosen);
        if (view.instances() == taken && !(isAsked && hasNames)) {
            return;
        }
        if (hasNames) {
            lookUp(view, chosen);
        } else {
            tell(view, Addresses.of(chosen));
        }
    }

    /** Asks for the addresses of names elsewhere, since that may take its time. */
    private void lookUp(ServiceView view, List<Instance> chosen) {
        isLookingUp = true;
        names.execute(() -> {
            List<EquivalentAddressGroup> found = Addresses.of(chosen);
            context.execute(() -> {
                isLookingUp = false;
                if (isShutdown) {
                    return;
                }
                if (found.isEmpty()) {
                    tell(Status.UNAVAILABLE.withDescription("no host of its instances has an address: " + view));
                } else {
                    tell(view, found);
                }
                if (looksAgain) {
                    looksAgain = false;
                    look(false);
                }
            });
        });
    }

    private void tell(ServiceView view, List<EquivalentAddressGroup> groups) {
        Listener2 channel = listener;
        if (channel == null) {
            return;
        }
        Status status = channel.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(groups))
                .setAttributes(Attributes.newBuilder()
                        .set(RollcallAttributes.VIEW, view)
                        .build())
                .build());
        // If it has no use for them, it asks again, later and later.
        taken = status.isOk() ? view.instances() : null;
        hasToldAddresses = true;
    }

    private void tell(Status error) {
        Listener2 channel = listener;
        if (channel != null) {
            taken = null;
            channel.onError(error);
        }
    }

    private String whyNothingIsKnown() {
        ServiceDirectory held = directory;
        String name = "nothing is known of service '" + target.service() + "'";
        if (held == null) {
            return name;
        }
        DirectoryHealth health = held.health();
        String heard = health.lastHeard().equals(ServiceView.NEVER)
                ? "never"
                : health.lastHeard().toMillis() + " ms ago";
        String problem = health.problem();
        return name + ": the registry is " + health.mode() + " since "
                + health.since().toMillis() + " ms, and was last heard " + heard
                + (problem == null ? "" : "; " + problem);
    }

    /** Is told on the directory's thread. */
    private final class News implements DirectoryListener {

        @Override
        public void onChange(ServiceKey changed, ServiceView before, ServiceView after) {
            lookAt(changed);
        }

        @Override
        public void onStale(ServiceKey stale, ServiceView view) {
            lookAt(stale);
        }

        private void lookAt(ServiceKey key) {
            if (key.name().equals(target.service())) {
                // What the channel does about it must not hold up the directory.
                names.execute(() -> context.execute(() -> look(false)));
            }
        }
    }
}
