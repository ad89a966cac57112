package io.rollcall.chaos.campaign;

import io.rollcall.chaos.disk.LoopDisks;
import io.rollcall.chaos.shim.SystemShim;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What can be done to a cluster: each kind does it, proves that it hit, and heals it. */
public enum FaultKind {
    /** One node dies by SIGKILL, now and then once more while it starts. */
    KILL(ProcessFaults::kill),
    /** Two nodes die by SIGKILL. */
    KILL_TWO(ProcessFaults::killTwo),
    /** All nodes die by SIGKILL. */
    KILL_ALL(ProcessFaults::killAll),
    /** One node stands still, as in a long garbage collection. */
    PAUSE(ProcessFaults::pause),
    /** One node ends by SIGTERM and starts again. */
    RESTART(ProcessFaults::restart),
    /** All nodes end by SIGTERM and start again, one after the other. */
    ROLLING_RESTART(ProcessFaults::rollingRestart),
    /** One node dies at a crash point. */
    CRASH_POINT(CrashFaults::crash),
    /** One node is away until it needs a snapshot. */
    LAG(CrashFaults::lag),
    /** One follower loses its disk. */
    WIPE(CrashFaults::wipe),
    /** One node is cut off from the others. */
    ISOLATE(NetworkFaults::isolate),
    /** One node can send, but hears nothing. */
    DEAFEN(NetworkFaults::deafen),
    /** One node hears, but can send nothing. */
    MUTE(NetworkFaults::mute),
    /** Two nodes are cut off from each other, and the third sees both. */
    PARTIAL(NetworkFaults::partial),
    /** Links are cut one by one, and healed in another order. */
    SWIZZLE(NetworkFaults::swizzle),
    /** All links lose 30 % of what is sent. */
    LOSS(NetworkFaults::loss),
    /** All links are late by 50 to 150 ms. */
    DELAY(NetworkFaults::delay),
    /** All links carry 16 kbit a second. */
    NARROW(NetworkFaults::narrow),
    /** One node's wall clock jumps by an hour, ahead or back, and back again. */
    CLOCK(DiskFaults::clock, SystemShim::missing),
    /** One node's syncs take 300 ms. */
    SLOW_SYNC(DiskFaults::slowSync, SystemShim::missing),
    /** One node's syncs fail. */
    SYNC_ERROR(DiskFaults::syncError, SystemShim::missing),
    /** One node's disk is full. */
    DISK_FULL(DiskFaults::diskFull, LoopDisks::missing),
    /** One node loses its power. */
    POWER_LOSS(DiskFaults::powerLoss, LoopDisks::missing),
    /** All nodes lose their power at once. */
    POWER_LOSS_ALL(DiskFaults::powerLossOfAll, LoopDisks::missing);

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method has no state
    private final Fault fault;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method has no state
    private final Supplier<Optional<String>> missing;

    /** One fault, from its beginning to its healing. */
    interface Fault {

        /**
         * Does it.
         *
         * @param arena where
         * @param bed what the cluster lies in
         * @param random decides what the kind leaves open
         * @param hold how long it lasts, where that is not up to the nodes
         * @throws AssertionError if it did not hit, or the nodes did not do what they must
         */
        void run(Arena arena, Bed bed, SplittableRandom random, Duration hold);
    }

    FaultKind(Fault fault) {
        this(fault, Optional::empty);
    }

    FaultKind(Fault fault, Supplier<Optional<String>> missing) {
        this.fault = fault;
        this.missing = missing;
    }

    /**
     * Does one fault and waits until the cluster is well again.
     *
     * @param arena where
     * @param bed what the cluster lies in
     * @param random decides what the kind leaves open
     * @param hold how long it lasts, where that is not up to the nodes
     * @throws AssertionError if it did not hit, the nodes did not do what they must, or the cluster did not heal
     */
    public void inject(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        fault.run(arena, bed, random, hold);
        arena.awaitHealed(label());
    }

    /**
     * Returns its name for people.
     *
     * @return in lower case with hyphens
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Says why it cannot be done on this machine.
     *
     * @return empty if it can
     */
    public Optional<String> missing() {
        return missing.get();
    }

    /**
     * Finds a kind by its name.
     *
     * @param label as {@link #label} gives it
     * @return the kind
     * @throws IllegalArgumentException if there is none; it names all
     */
    public static FaultKind of(String label) {
        List<String> known = Arrays.stream(values()).map(FaultKind::label).toList();
        int found = known.indexOf(label.strip());
        if (found < 0) {
            throw new IllegalArgumentException("there is no fault '" + label + "'; there are " + known);
        }
        return values()[found];
    }
}
