package io.rollcall.bench.suite;

import io.rollcall.bench.load.HttpLoad;
import io.rollcall.bench.load.LoadPlan;
import io.rollcall.bench.load.LoadResult;
import io.rollcall.bench.load.RequestSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * One of those that are measured side by side.
 *
 * @param name as the table shows it
 * @param load drives it for the given time
 * @param cpu the processor time that its servers used so far
 * @param unitsPerAnswer what an answer counts for in rates and costs: more than 1 where a request asks for many things
 */
record Contender(String name, Load load, Supplier<Duration> cpu, int unitsPerAnswer) {

    Contender(String name, Load load, Supplier<Duration> cpu) {
        this(name, load, cpu, 1);
    }

    /** A load that can be driven again and again. */
    interface Load {

        LoadResult drive(Duration time);
    }

    /** Loaded in a closed loop. */
    static Contender closed(
            String name,
            List<InetSocketAddress> targets,
            int connections,
            RequestSource source,
            Supplier<Duration> cpu) {
        return new Contender(name, time -> HttpLoad.run(LoadPlan.closed(targets, connections, time), source), cpu);
    }

    /** Asked by one caller, so many times a second. */
    static Contender paced(
            String name, InetSocketAddress target, double perSecond, RequestSource source, Supplier<Duration> cpu) {
        return new Contender(
                name, time -> HttpLoad.run(LoadPlan.open(List.of(target), 1, time, perSecond), source), cpu);
    }
}
