package io.rollcall.bench.suite;

import io.rollcall.bench.process.ChildProcess;

/** How much of one core a process takes. */
final class CpuShare {

    private CpuShare() {}

    /** The share in percent of one core, of {@code process} alone, from the beginning of {@code activity} to its end. */
    static double percent(ChildProcess process, Runnable activity) {
        var cpu = process.cpu();
        var start = System.nanoTime();
        activity.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        process.requireAlive();
        return 100 * process.cpu().minus(cpu).toNanos() / 1e9 / seconds;
    }
}
