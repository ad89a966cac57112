package io.rollcall.bench.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured, and on what.
 *
 * @param rounds of each figure, all contenders once in each; 7 or more give a median worth quoting
 * @param roundTime how long one contender is loaded in one round
 * @param warmUp how long each contender is loaded before its first round; a JVM takes 20 s to compile what is hot
 * @param failoverRounds leaders killed
 * @param memoryInstances instances, or leases, loaded to measure the heap
 * @param memoryNodes members of the cluster that they are loaded into
 * @param fanOutWatchers watchers of one node that are told of one change
 * @param largeService instances of the large service
 * @param serverCommand what starts a node, without the node's own options
 * @param nodeJvmOptions for the nodes, on top of the launcher's own; empty: none
 * @param folder for data and logs of all processes
 */
public record SuiteOptions(
        int rounds,
        Duration roundTime,
        Duration warmUp,
        int failoverRounds,
        int memoryInstances,
        int memoryNodes,
        int fanOutWatchers,
        int largeService,
        List<String> serverCommand,
        String nodeJvmOptions,
        Path folder) {

    /** Checks the ranges. */
    public SuiteOptions {
        serverCommand = List.copyOf(serverCommand);
        requirePositive("rounds", rounds);
        requirePositive("failover rounds", failoverRounds);
        requirePositive("memory instances", memoryInstances);
        requirePositive("memory nodes", memoryNodes);
        requirePositive("fan-out watchers", fanOutWatchers);
        requirePositive("large service", largeService);
        if (!(roundTime.toMillis() > 0) || warmUp.isNegative()) {
            throw new IllegalArgumentException("round time " + roundTime + ", warm-up " + warmUp + ": give time");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": give 1 or more");
        }
    }
}
