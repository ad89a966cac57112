package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is known of a service at a moment, and how old that is. Immutable but for its age. */
public final class ServiceView {

    /** The age of what was never known. */
    public static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

    private final ServiceKey service;
    private final long index;
    private final List<Instance> instances;
    private final ViewSource source;
    private final long knownAtNanos;
    private final boolean isKept;
    private final boolean markedStale;
    private final Aging aging;

    private ServiceView(
            ServiceKey service,
            long index,
            List<Instance> instances,
            ViewSource source,
            long knownAtNanos,
            boolean isKept,
            boolean markedStale,
            Aging aging) {
        this.service = service;
        this.index = index;
        this.instances = instances;
        this.source = source;
        this.knownAtNanos = knownAtNanos;
        this.isKept = isKept;
        this.markedStale = markedStale;
        this.aging = aging;
    }

    /** A service of which nothing is known. */
    static ServiceView nothing(ServiceKey service, Aging aging) {
        return new ServiceView(service, 0, List.of(), ViewSource.NONE, 0, false, false, aging);
    }

    /** What was learnt of it; the list is taken as it is. */
    ServiceView learnt(long newIndex, List<Instance> newInstances, ViewSource newSource, long atNanos) {
        return new ServiceView(service, newIndex, newInstances, newSource, atNanos, false, false, aging);
    }

    /** The same, known to be so later than before. */
    ServiceView confirmed(ViewSource newSource, long atNanos) {
        return new ServiceView(service, index, instances, newSource, atNanos, false, false, aging);
    }

    /** The same, although the registry says that there are no instances. */
    ServiceView kept() {
        return new ServiceView(service, index, instances, source, knownAtNanos, true, markedStale, aging);
    }

    /** The same, now over the limit. */
    ServiceView turnedStale() {
        return new ServiceView(service, index, instances, source, knownAtNanos, isKept, true, aging);
    }

    /**
     * Returns the service.
     *
     * @return whose view it is
     */
    public ServiceKey service() {
        return service;
    }

    /**
     * Returns how far the service is known.
     *
     * @return registry index of its last change that is known; 0 if nothing is
     */
    public long index() {
        return index;
    }

    /**
     * Returns its instances.
     *
     * @return immutable, sorted by id; the same object as in the view before while nothing changed; empty if there are
     *     none, or nothing is known
     */
    public List<Instance> instances() {
        return instances;
    }

    /**
     * Returns where this was learnt last.
     *
     * @return {@link ViewSource#NONE} if nothing is known
     */
    public ViewSource source() {
        return source;
    }

    /**
     * Tells whether anything is known.
     *
     * @return false for {@link ViewSource#NONE}
     */
    public boolean isKnown() {
        return source != ViewSource.NONE;
    }

    /**
     * Returns how long ago this was known to be current: when its stream last said something, when the answering node knew
     * itself current, or what the file of an earlier run says, by wall clock.
     *
     * @return 0 or more; {@link #NEVER} if nothing is known
     */
    public Duration age() {
        return isKnown() ? Duration.ofNanos(Math.max(0, aging.nanos().getAsLong() - knownAtNanos)) : NEVER;
    }

    /**
     * Tells whether this is older than the limit ({@link DirectoryOptions#maxStaleness}), or nothing is known.
     *
     * @return true if so
     */
    public boolean isStale() {
        return !isKnown() || markedStale || aging.isStale(age());
    }

    /**
     * Tells whether these are kept although the registry says, without proof, that there are none.
     *
     * @return true if so; see {@link EmptyListPolicy}
     */
    public boolean isKept() {
        return isKept;
    }

    long knownAtNanos() {
        return knownAtNanos;
    }

    boolean isMarkedStale() {
        return markedStale;
    }

    /** Reads no clock: the mark is set by the directory's thread. */
    boolean isRefused() {
        return markedStale && aging.refuses();
    }

    @Override
    public String toString() {
        if (!isKnown()) {
            return service + ": nothing is known";
        }
        return service + ": " + instances.size() + " instances at index " + index + ", by " + source + ", "
                + age().toMillis() + " ms old" + (isKept ? ", kept" : "");
    }
}
