package io.rollcall.client.directory;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.RegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer knows of the services that it calls: followed by streams, compared by reads, kept through outages of the
 * registry, and on disk if a folder is given. A service is followed from the first call that names it.
 *
 * <p>Looking up what is known takes a look into a map, or with a {@link ServiceHandle} a volatile read. Nothing here
 * throws for what the registry or the network does, but for {@link #require} and {@link StaleAction#REFUSE}.
 *
 * <p>Thread-safe; make one for a client and share it. It ends with its client.
 */
public final class ServiceDirectory implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_THREADS_LIVE = Duration.ofSeconds(30);

    private final Namespace namespace;
    private final DirectoryOptions options;
    private final Aging aging;
    private final Counters counters = new Counters();
    private final Notices notices = new Notices(counters);
    private final ThreadLane lane = new ThreadLane("rollcall-directory");
    private final ThreadPoolExecutor reading = threads(Reads.UNDER_WAY_MAX, "rollcall-directory-read");
    // Files, and the ends of streams: one after the other.
    private final ThreadPoolExecutor writing = threads(1, "rollcall-directory-disk");
    private final Desk desk;
    private final ConcurrentMap<ServiceKey, ServiceHandle> handles = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ServiceDirectory(RegistryClient client, DirectoryOptions options) {
        this.namespace = client.service("any").namespace();
        this.options = options;
        this.aging = new Aging(lane::nanos, options.maxStaleness(), options.staleAction() == StaleAction.REFUSE);
        this.desk = new Desk(new Desk.Parts(
                options,
                new ClientPort(client, options),
                lane,
                reading,
                writing,
                aging,
                notices,
                counters,
                cache(options.cacheFolder())));
    }

    private @Nullable CacheWrites cache(@Nullable Path folder) {
        if (folder == null) {
            return null;
        }
        CacheFolder files = new CacheFolder(folder, options.selection().toString());
        return new CacheWrites(files, lane, writing, InstantSource.system(), options.cacheRefresh(), counters);
    }

    private static ThreadPoolExecutor threads(int most, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE_THREADS_LIVE.toNanos(),
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Opens a directory; nothing is asked for yet. {@link RegistryClient#directory} is the way to call this.
     *
     * @param client over whose connections
     * @param options how
     * @return to be closed before the client
     */
    public static ServiceDirectory open(RegistryClient client, DirectoryOptions options) {
        ServiceDirectory directory = new ServiceDirectory(client, options);
        directory.tickLater();
        return directory;
    }

    private void tickLater() {
        lane.after(TICK, () -> {
            try {
                desk.tick();
            } finally {
                tickLater();
            }
        });
    }

    /**
     * Returns the namespace of its services.
     *
     * @return that of its client
     */
    public Namespace namespace() {
        return namespace;
    }

    /**
     * Follows a service, without waiting.
     *
     * @param service of the client's namespace; an unknown one has no instances
     * @return the same for each call
     * @throws IllegalArgumentException if it is of another namespace
     * @throws IllegalStateException if it is one more than {@link DirectoryOptions#maxServices}
     */
    public ServiceHandle service(ServiceKey service) {
        ServiceHandle handle = handles.get(service);
        return handle == null ? follow(service) : handle;
    }

    private ServiceHandle follow(ServiceKey service) {
        if (!service.namespace().equals(namespace)) {
            throw new IllegalArgumentException("a directory is of one namespace, this one of '" + namespace
                    + "', and was asked for service '" + service + "'");
        }
        if (handles.size() >= options.maxServices()) {
            throw new IllegalStateException("the directory follows " + handles.size()
                    + " services already (maxServices), and was asked for '" + service + "'");
        }
        ServiceHandle made = new ServiceHandle(service, aging);
        ServiceHandle before = handles.putIfAbsent(service, made);
        if (before != null) {
            return before;
        }
        lane.run(() -> desk.follow(made));
        if (closed.get()) {
            made.settle();
        }
        return made;
    }

    /**
     * Returns what is known of a service. The first call for it waits up to {@link DirectoryOptions#firstCallTimeout} for
     * the registry, or {@link DirectoryOptions#diskGrace} if it is on disk; later ones wait for nothing.
     *
     * @param service of the client's namespace
     * @return nothing ({@link ServiceView#isKnown}) if the registry did not answer and nothing is on disk
     * @throws StaleDataException if it is older than the limit, and such views are refused
     * @throws IllegalArgumentException if it is of another namespace
     * @throws IllegalStateException if it is one more than {@link DirectoryOptions#maxServices}
     */
    public ServiceView view(ServiceKey service) {
        ServiceHandle handle = service(service);
        if (!handle.settled().isDone()) {
            await(handle, options.firstCallTimeout());
        }
        return handle.view();
    }

    /** Waits until waiting longer brings nothing newer; the directory's own thread never does. */
    private void await(ServiceHandle handle, Duration timeout) {
        if (lane.isHere()) {
            return;
        }
        try {
            handle.settled().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // What is known is returned.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never completed by an exception", e);
        }
    }

    /**
     * Returns what is known of a service, without waiting.
     *
     * @param service of the client's namespace
     * @return nothing at the first call
     * @throws StaleDataException if it is older than the limit, and such views are refused
     * @throws IllegalArgumentException if it is of another namespace
     * @throws IllegalStateException if it is one more than {@link DirectoryOptions#maxServices}
     */
    public ServiceView viewNow(ServiceKey service) {
        return service(service).view();
    }

    /**
     * Returns what is known of a service once the registry has answered, as {@link #view} does.
     *
     * @param service of the client's namespace
     * @return completed on the directory's thread, which must not be held up; by an exception as {@link #view} throws it
     */
    public CompletableFuture<ServiceView> viewAsync(ServiceKey service) {
        ServiceHandle handle = service(service);
        CompletableFuture<ServiceView> settled = handle.settled();
        if (settled.isDone()) {
            return CompletableFuture.completedFuture(handle).thenApply(ServiceHandle::view);
        }
        CompletableFuture<ServiceHandle> result = new CompletableFuture<>();
        var unused = settled.thenRun(() -> result.complete(handle));
        lane.after(options.firstCallTimeout(), () -> result.complete(handle));
        return result.thenApply(ServiceHandle::view);
    }

    /**
     * Returns what is known of a service, and nothing that is older than the limit.
     *
     * @param service of the client's namespace
     * @return known, and not stale; perhaps without instances
     * @throws StaleDataException if nothing is known, or nothing that is new enough
     * @throws IllegalArgumentException if it is of another namespace
     * @throws IllegalStateException if it is one more than {@link DirectoryOptions#maxServices}
     */
    public ServiceView require(ServiceKey service) {
        ServiceView view = view(service);
        if (view.isStale()) {
            String problem = desk.reachability().problem();
            throw new StaleDataException(service, view + (problem == null ? "" : " (" + problem + ")"));
        }
        return view;
    }

    /**
     * Follows services, and waits until they are known.
     *
     * @param services of the client's namespace
     * @param timeout how long at most, for all of them
     * @return those of which nothing is known; none if all went well
     * @throws IllegalArgumentException if one is of another namespace
     * @throws IllegalStateException if they are more than {@link DirectoryOptions#maxServices}
     */
    public List<ServiceKey> warmUp(Collection<ServiceKey> services, Duration timeout) {
        List<ServiceHandle> all = services.stream().map(this::service).toList();
        long begun = System.nanoTime();
        List<ServiceKey> unknown = new ArrayList<>();
        for (ServiceHandle handle : all) {
            await(handle, timeout.minusNanos(System.nanoTime() - begun));
            if (!handle.current().isKnown()) {
                unknown.add(handle.service());
            }
        }
        return List.copyOf(unknown);
    }

    /**
     * Forgets all that is known, in memory and on disk, and asks anew. Until the registry has answered, nothing is known;
     * what it answers first is believed, whatever it is.
     */
    public void clearCache() {
        if (lane.isHere()) {
            desk.clear();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.run(() -> {
            try {
                desk.clear();
            } finally {
                done.complete(null);
            }
        });
        try {
            done.get(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the directory is closed, or a listener holds it up", e);
        }
    }

    /**
     * Tells how what is new is learnt.
     *
     * @return as of now
     */
    public DirectoryMode mode() {
        return desk.reachability().mode();
    }

    /**
     * Tells how the directory fares.
     *
     * @return as of now
     */
    public DirectoryHealth health() {
        int unknown = 0;
        int stale = 0;
        int kept = 0;
        Duration lastHeard = ServiceView.NEVER;
        for (ServiceHandle handle : handles.values()) {
            ServiceView view = handle.current();
            unknown += view.isKnown() ? 0 : 1;
            stale += view.isKnown() && view.isStale() ? 1 : 0;
            kept += view.isKept() ? 1 : 0;
            if (view.source().isLive() && view.age().compareTo(lastHeard) < 0) {
                lastHeard = view.age();
            }
        }
        Duration since =
                Duration.ofNanos(Math.max(0, lane.nanos() - desk.reachability().sinceNanos()));
        return new DirectoryHealth(
                desk.reachability().mode(),
                since,
                lastHeard,
                handles.size(),
                unknown,
                stale,
                kept,
                desk.streams(),
                desk.reachability().problem());
    }

    /**
     * Returns what the directory has counted since it was opened.
     *
     * @param count what
     * @return 0 or more
     */
    public long count(DirectoryCount count) {
        return counters.of(count);
    }

    /**
     * Tells a listener what is learnt from now on.
     *
     * @param listener is told on the directory's thread
     */
    public void addListener(DirectoryListener listener) {
        notices.add(listener);
    }

    /**
     * Tells a listener nothing more.
     *
     * @param listener one that was added
     */
    public void removeListener(DirectoryListener listener) {
        notices.remove(listener);
    }

    /**
     * Ends the streams, writes what is known to disk if that is wanted, and waits up to 5 s for both. What is known can be
     * read on; it grows old.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable end = () -> {
            writing.execute(desk.close());
            done.complete(null);
        };
        if (lane.isHere()) {
            end.run();
        } else {
            lane.run(end);
        }
        try {
            done.get(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
            writing.shutdown();
            var unused = writing.awaitTermination(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a listener holds the directory up; its streams end with its client", e);
        } finally {
            lane.close();
            reading.shutdownNow();
            writing.shutdown();
        }
    }
}
