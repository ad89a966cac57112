package io.rollcall.client.directory;

import io.rollcall.api.model.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a directory: few, however many services are asked for one by one. What is asked for is gathered for a
 * moment; the stream of it also takes over the services of those that are no larger than it, as a binary counter carries.
 * A stream that is taken over goes on until each of its services is known by another, so that nothing is lost between.
 * Confined to the lane.
 */
final class Feeds {

    /** What a registry lets one stream follow. */
    static final int SERVICES_MAX = 256;

    /** Proxies commonly take lines of 8 KiB. */
    static final int QUERY_CHARACTERS_MAX = 6_000;

    private static final int CHARACTERS_PER_SERVICE = "&service=".length();
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final RegistryPort registry;
    private final Lane lane;
    private final Executor closing;
    private final Feed.Sink sink;
    private final Instruments instruments;
    private final List<Feed> open = new CopyOnWriteArrayList<>();
    private final Set<ServiceKey> wanted = new LinkedHashSet<>();
    private boolean isGathering;
    private long lastBegunNanos;

    Feeds(RegistryPort registry, Lane lane, Executor closing, Feed.Sink sink, Instruments instruments) {
        this.registry = registry;
        this.lane = lane;
        this.closing = closing;
        this.sink = sink;
        this.instruments = instruments;
    }

    /** Follows a service from soon on. */
    void want(ServiceKey service) {
        wanted.add(service);
        if (!isGathering) {
            isGathering = true;
            lane.after(GATHERING, this::beginWanted);
        }
    }

    private void beginWanted() {
        isGathering = false;
        List<ServiceKey> all = List.copyOf(wanted);
        wanted.clear();
        for (List<ServiceKey> part : parts(all)) {
            List<Feed> carried = new ArrayList<>();
            begin(carry(part, carried), carried);
        }
    }

    /** The services of a new stream with those of the streams that it takes over. */
    private List<ServiceKey> carry(List<ServiceKey> part, List<Feed> carried) {
        Set<ServiceKey> services = new LinkedHashSet<>(part);
        List<Feed> bySize = new ArrayList<>(current());
        bySize.sort(Comparator.comparingInt(feed -> feed.services().size()));
        for (Feed feed : bySize) {
            Set<ServiceKey> together = new LinkedHashSet<>(services);
            together.addAll(feed.services());
            if (feed.services().size() > services.size() || !fits(together)) {
                break;
            }
            services = together;
            carried.add(feed);
        }
        return List.copyOf(services);
    }

    private static boolean fits(Set<ServiceKey> services) {
        return services.size() <= SERVICES_MAX && characters(services) <= QUERY_CHARACTERS_MAX;
    }

    private static int characters(Iterable<ServiceKey> services) {
        int characters = 0;
        for (ServiceKey service : services) {
            characters += service.name().value().length() + CHARACTERS_PER_SERVICE;
        }
        return characters;
    }

    /** Services as streams can follow them. */
    static List<List<ServiceKey>> parts(Iterable<ServiceKey> services) {
        List<List<ServiceKey>> parts = new ArrayList<>();
        Set<ServiceKey> part = new LinkedHashSet<>();
        for (ServiceKey service : services) {
            part.add(service);
            if (!fits(part)) {
                part.remove(service);
                parts.add(List.copyOf(part));
                part.clear();
                part.add(service);
            }
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }

    private void begin(List<ServiceKey> services, List<Feed> superseded) {
        Feed feed = new Feed(services, lane, sink);
        instruments.add(DirectoryCount.STREAMS);
        open.add(feed);
        lastBegunNanos = lane.nanos();
        feed.begun(registry.watch(services, feed));
        for (Feed before : superseded) {
            before.supersede();
            closeIfIdle(before);
        }
    }

    private void closeIfIdle(Feed feed) {
        if (feed.isSuperseded() && feed.owned().isEmpty()) {
            close(feed);
        }
    }

    /** A service is known by another feed from now on; null for none. */
    void own(Entry entry, @Nullable Feed owner) {
        Feed before = entry.owner;
        if (before == owner) {
            return;
        }
        entry.owner = owner;
        entry.matchesOwner = false;
        if (owner != null) {
            owner.owned().add(entry.service());
        }
        if (before != null) {
            before.owned().remove(entry.service());
            closeIfIdle(before);
        }
    }

    /** Begins a stream anew, since it is not to be trusted, or has ended. */
    void replace(Feed feed) {
        if (!feed.isSuperseded() && !feed.isClosed()) {
            begin(feed.services(), List.of(feed));
        }
    }

    /** A stream that the registry wants on no node: its halves may be wanted. Says whether that is tried. */
    boolean split(Feed feed) {
        close(feed);
        if (feed.isSuperseded()) {
            return true;
        }
        List<ServiceKey> services = feed.services();
        if (services.size() == 1) {
            return false;
        }
        int half = services.size() / 2;
        begin(services.subList(0, half), List.of());
        begin(services.subList(half, services.size()), List.of());
        return true;
    }

    /** Looks after streams that have ended by themselves, and brings many small ones together. */
    void tick() {
        for (Feed feed : current()) {
            if (!feed.isRunning()) {
                replace(feed);
            }
        }
        boolean isQuiet = wanted.isEmpty() && lane.nanos() - lastBegunNanos > QUIET.toNanos();
        List<Feed> current = current();
        if (!isQuiet || current.size() < 2) {
            return;
        }
        Set<ServiceKey> all = new LinkedHashSet<>();
        current.forEach(feed -> all.addAll(feed.services()));
        List<List<ServiceKey>> parts = parts(all);
        if (parts.size() < current.size()) {
            for (int i = 0; i < parts.size(); i++) {
                // Each is closed once none of its services is known by it, whichever of the new ones they are in.
                begin(parts.get(i), i == parts.size() - 1 ? current : List.of());
            }
        }
    }

    private List<Feed> current() {
        return open.stream().filter(feed -> !feed.isSuperseded()).toList();
    }

    List<Feed> open() {
        return List.copyOf(open);
    }

    /** How many streams are held; on any thread. */
    int size() {
        return open.size();
    }

    void closeAll() {
        wanted.clear();
        open().forEach(this::close);
    }

    private void close(Feed feed) {
        open.remove(feed);
        if (feed.isClosed()) {
            return;
        }
        RegistryPort.Subscription subscription = feed.close();
        if (subscription != null) {
            closing.execute(subscription::close);
        }
    }
}
