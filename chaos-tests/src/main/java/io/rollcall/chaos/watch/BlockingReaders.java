package io.rollcall.chaos.watch;

import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.workload.Door;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients that follow one service each by reads that wait for the next change, every read at a node drawn at random. Each
 * asks for at least the index that it has heard of, so that it must never go back.
 */
public final class BlockingReaders implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final long BACK_OFF_MILLIS = 100;
    private static final int OK = 200;

    private final List<Door> doors;
    private final SplittableRandom random;
    private final PlainClient http = new PlainClient(TIMEOUT);
    private final List<Reader> readers = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "blocking-readers");
        created.setDaemon(true);
        return created;
    });
    private volatile boolean closed;

    /** One client; it asks on the thread of all. */
    private final class Reader {

        private final String name;
        private final String service;
        private final List<Step> steps = new ArrayList<>();
        private long index;
        private volatile long applied;

        Reader(String name, String service) {
            this.name = name;
            this.service = service;
        }

        private void ask() {
            Door door = doors.get(random.nextInt(doors.size()));
            String query = index == 0 ? "" : "?index=" + index + "&wait=" + WAIT.toSeconds() + "s&minIndex=" + applied;
            long asked = System.nanoTime();
            var unused = http.sendAsync(door.http(), ApiRequest.get(Paths.SERVICES + "/" + service + query))
                    .whenComplete((outcome, failure) -> later(0, () -> {
                        if (failure == null && outcome.hasStatus(OK)) {
                            take(door, outcome, System.nanoTime() - asked);
                            ask();
                        } else {
                            later(BACK_OFF_MILLIS, this::ask);
                        }
                    }));
        }

        private void take(Door door, Outcome outcome, long tookNanos) {
            Answer answer = outcome.reply().orElseThrow();
            boolean woken = index > 0 && tookNanos < WAIT.toNanos();
            Frame frame = new Frame.Answer(
                    service, answer.index(), Frames.held(answer.body().path("instances")), woken);
            synchronized (steps) {
                steps.add(new Step.Opened(door.node(), -1));
                steps.add(new Step.Told(answer.applied(), frame));
            }
            index = answer.index();
            applied = answer.applied();
        }

        private Story story() {
            synchronized (steps) {
                return new Story(name, List.of(service), steps);
            }
        }
    }

    /**
     * Readers that begin at once.
     *
     * @param doors of all nodes, those that do not run included
     * @param services what each follows; one reader for each
     * @param random decides who is asked
     */
    public BlockingReaders(List<Door> doors, List<String> services, SplittableRandom random) {
        this.doors = List.copyOf(doors);
        this.random = random;
        for (String service : services) {
            readers.add(new Reader("reader" + readers.size(), service));
        }
        readers.forEach(reader -> later(0, reader::ask));
    }

    /**
     * Tells whether all have heard of an index.
     *
     * @param atLeast the index
     * @return false as long as one has not
     */
    public boolean haveHeardOf(long atLeast) {
        return readers.stream().allMatch(reader -> reader.applied >= atLeast);
    }

    /**
     * Returns what all readers were answered so far.
     *
     * @return in the order of the services
     */
    public List<Story> stories() {
        return readers.stream().map(Reader::story).toList();
    }

    private void later(long millis, Runnable task) {
        if (!closed) {
            var unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks no more. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }
}
