package io.rollcall.chaos;

import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.OpenFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Instances come and go, one of each service at a time: they leave in order, die, and are started again in all ways. */
final class Churn implements AutoCloseable {

    /** How an instance goes and comes back. */
    private enum Way {
        /** It leaves in order, and comes back after a while. */
        LEAVES(false, false),
        /** It leaves in order, and comes back at once at another address. */
        MOVES(true, false),
        /** It dies, and comes back at the same address when it is known as gone. */
        DIES(false, true),
        /** It dies, and is started again at once. */
        CRASHES(false, true),
        /** It dies, and another process takes its id at another address. */
        IS_REPLACED(true, true);

        private final boolean moves;
        private final boolean dies;

        Way(boolean moves, boolean dies) {
            this.moves = moves;
            this.dies = dies;
        }
    }

    private static final int SOON_MILLIS = 600;
    private static final int CALM_MILLIS = 1_500;

    private final ClientTrial trial;
    private final Duration away;
    private final List<CompletableFuture<Void>> workers = new ArrayList<>();
    private volatile boolean isOver;

    /** What stays away does so for {@code away}, and up to as long again. */
    Churn(ClientTrial trial, Duration away) {
        this.trial = trial;
        this.away = away;
    }

    /** Begins, in each service on its own. */
    void start() {
        for (String service : ClientTrial.SERVICES) {
            SplittableRandom random = trial.random().split();
            List<Place> places = trial.places(service);
            workers.add(
                    CompletableFuture.runAsync(() -> run(places, random), task -> new Thread(task, "churn").start()));
        }
    }

    private void run(List<Place> places, SplittableRandom random) {
        // Each way has its turn, also where there is little time.
        for (int round = random.nextInt(Way.values().length); !isOver; round++) {
            Place place = places.get(random.nextInt(places.size()));
            turn(place, Way.values()[round % Way.values().length], random);
            Hold.forFault(Duration.ofMillis(random.nextInt(CALM_MILLIS)), "all instances run");
        }
    }

    private void turn(Place place, Way way, SplittableRandom random) {
        String kind = way.dies ? "death of an instance" : "departure of an instance";
        try (OpenFault fault = trial.recorder().fault(kind, place.instance().toString())) {
            if (way.dies) {
                place.die();
                fault.hit("its server and its beats have ended");
            } else {
                place.leave();
                fault.hit("it was deregistered and has ended");
            }
            Duration pause = way == Way.DIES || way == Way.LEAVES
                    ? away.plusMillis(random.nextLong(away.toMillis()))
                    : Duration.ofMillis(random.nextInt(SOON_MILLIS));
            Hold.forFault(pause, "the instance is away");
            place.start(way.moves);
        }
    }

    /** Lets each service's instance come back, and ends. */
    void stop() {
        isOver = true;
        workers.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        isOver = true;
        workers.forEach(worker -> worker.exceptionally(failure -> null).join());
    }
}
