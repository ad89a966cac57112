package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.NodeProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what a fault hits. */
final class Targets {

    /** The leader is where most can go wrong. */
    private static final double LEADER_SHARE = 0.6;

    private Targets() {}

    /**
     * A node, and how it is called in the report.
     *
     * @param node which
     * @param leads whether it leads
     */
    record Target(NodeProcess node, boolean leads) {
        @Override
        public String toString() {
            return node.id() + (leads ? " (leader)" : " (follower)");
        }
    }

    static Target leaderOrFollower(Arena arena, SplittableRandom random) {
        NodeProcess leader = arena.leader();
        if (random.nextDouble() < LEADER_SHARE) {
            return new Target(leader, true);
        }
        return new Target(oneOf(arena.cluster().others(leader), random), false);
    }

    static Target follower(Arena arena, SplittableRandom random) {
        return new Target(oneOf(arena.cluster().others(arena.leader()), random), false);
    }

    static <T> T oneOf(List<T> choice, SplittableRandom random) {
        return choice.get(random.nextInt(choice.size()));
    }

    static <T> List<T> shuffled(List<T> ordered, SplittableRandom random) {
        List<T> left = new ArrayList<>(ordered);
        List<T> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }
}
