package io.rollcall.chaos.campaign;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.network.FlowCounters;
import io.rollcall.chaos.network.LinkedNetwork;
import io.rollcall.chaos.network.Shape;
import io.rollcall.chaos.report.OpenFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/** Faults of the links between the nodes. The clients reach all nodes all the time. */
final class NetworkFaults {

    private static final Shape LOSS = Shape.lossy(0.3);
    private static final Shape DELAY = Shape.delayed(Duration.ofMillis(100), Duration.ofMillis(50));
    private static final Shape NARROW = Shape.narrow(2_000);

    private NetworkFaults() {}

    /** One direction between two nodes. */
    private record Flow(String from, String to) {}

    static void isolate(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        List<Flow> flows = new ArrayList<>(outgoing(arena, target.node()));
        flows.addAll(incoming(arena, target.node()));
        cut(arena, bed.network(), FaultKind.ISOLATE, target.toString(), flows, hold);
    }

    static void deafen(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        cut(arena, bed.network(), FaultKind.DEAFEN, target.toString(), incoming(arena, target.node()), hold);
    }

    static void mute(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        Targets.Target target = Targets.leaderOrFollower(arena, random);
        cut(arena, bed.network(), FaultKind.MUTE, target.toString(), outgoing(arena, target.node()), hold);
    }

    static void partial(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        List<NodeProcess> pair =
                Targets.shuffled(arena.cluster().nodes(), random).subList(0, 2);
        String one = pair.get(0).id();
        String other = pair.get(1).id();
        List<Flow> flows = List.of(new Flow(one, other), new Flow(other, one));
        cut(arena, bed.network(), FaultKind.PARTIAL, one + " and " + other, flows, hold);
    }

    private static void cut(
            Arena arena, LinkedNetwork network, FaultKind kind, String target, List<Flow> flows, Duration hold) {
        long before = stopped(network, flows);
        try (OpenFault fault = arena.fault(kind.label(), target)) {
            flows.forEach(flow -> network.cut(flow.from(), flow.to()));
            Hold.forFault(hold, "the links are cut");
            prove(fault, stopped(network, flows) - before, "bytes held back");
        } finally {
            network.heal();
        }
    }

    static void swizzle(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        LinkedNetwork network = bed.network();
        List<Flow> flows = allFlows(arena);
        Duration step = hold.dividedBy(2L * flows.size());
        long before = stopped(network, flows);
        try (OpenFault fault = arena.fault(FaultKind.SWIZZLE.label(), "all links")) {
            for (Flow flow : Targets.shuffled(flows, random)) {
                network.cut(flow.from(), flow.to());
                Hold.forFault(step, "one link more is cut");
            }
            for (Flow flow : Targets.shuffled(flows, random)) {
                network.restore(flow.from(), flow.to());
                Hold.forFault(step, "one link more is healed");
            }
            prove(fault, stopped(network, flows) - before, "bytes held back");
        } finally {
            network.heal();
        }
    }

    static void loss(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        shape(arena, bed.network(), FaultKind.LOSS, LOSS, FlowCounters::lostChunks, "chunks lost", hold);
    }

    static void delay(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        shape(arena, bed.network(), FaultKind.DELAY, DELAY, FlowCounters::delayedChunks, "chunks delayed", hold);
    }

    static void narrow(Arena arena, Bed bed, SplittableRandom random, Duration hold) {
        shape(
                arena,
                bed.network(),
                FaultKind.NARROW,
                NARROW,
                FlowCounters::deliveredBytes,
                "bytes squeezed through",
                hold);
    }

    private static void shape(
            Arena arena,
            LinkedNetwork network,
            FaultKind kind,
            Shape shape,
            ToLongFunction<FlowCounters> counter,
            String what,
            Duration hold) {
        List<Flow> flows = allFlows(arena);
        long before = sum(network, flows, counter);
        try (OpenFault fault = arena.fault(kind.label(), "all links")) {
            network.shapeAll(shape);
            Hold.forFault(hold, "the links are bad");
            prove(fault, sum(network, flows, counter) - before, what);
        } finally {
            network.heal();
        }
    }

    private static void prove(OpenFault fault, long count, String what) {
        if (count <= 0) {
            throw new AssertionError("the fault hit nothing: no " + what);
        }
        fault.hit(count + " " + what);
    }

    private static long stopped(LinkedNetwork network, List<Flow> flows) {
        return flows.stream()
                .mapToLong(flow -> network.stopped(flow.from(), flow.to()))
                .sum();
    }

    private static long sum(LinkedNetwork network, List<Flow> flows, ToLongFunction<FlowCounters> counter) {
        return flows.stream()
                .mapToLong(flow -> counter.applyAsLong(network.counters(flow.from(), flow.to())))
                .sum();
    }

    private static List<Flow> outgoing(Arena arena, NodeProcess node) {
        return arena.cluster().others(node).stream()
                .map(other -> new Flow(node.id(), other.id()))
                .toList();
    }

    private static List<Flow> incoming(Arena arena, NodeProcess node) {
        return arena.cluster().others(node).stream()
                .map(other -> new Flow(other.id(), node.id()))
                .toList();
    }

    private static List<Flow> allFlows(Arena arena) {
        return arena.cluster().nodes().stream()
                .flatMap(node -> outgoing(arena, node).stream())
                .toList();
    }
}
