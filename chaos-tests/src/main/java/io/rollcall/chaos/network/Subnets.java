package io.rollcall.chaos.network;

import java.util.SplittableRandom;

/** Networks of 10/8 that the machine has no part in. */
final class Subnets {

    private static final int ATTEMPTS_MAX = 100;

    private Subnets() {}

    /**
     * Finds one. It is drawn at random, so that drivers that look at the same time find different ones.
     *
     * @return the first three numbers of its addresses
     */
    static String free() {
        SplittableRandom random = new SplittableRandom();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            String prefix = "10." + random.nextInt(256) + "." + random.nextInt(256);
            if (!isUsed(prefix + ".0/24")) {
                return prefix;
            }
        }
        throw new IllegalStateException("found no network of 10/8 that is not in use in " + ATTEMPTS_MAX + " attempts");
    }

    /** Whether it is part of a network with a route, or has one in it. */
    private static boolean isUsed(String subnet) {
        return SystemCommand.run("ip -4 route show match " + subnet).stream()
                        .anyMatch(route -> !route.startsWith("default"))
                || !SystemCommand.run("ip -4 route show root " + subnet).isEmpty();
    }
}
