package io.rollcall.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.BeatEnding;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseEvent.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of a {@link Fleet}, whose instances beat together. It has one request under way at a time. All of it happens on
 * the fleet's thread.
 */
final class Provider {

    private static final long BACK_OFF_MIN_MILLIS = 20;
    private static final long BACK_OFF_MAX_MILLIS = 80;
    private static final double JITTER = 0.2;

    /** What the registry says to a beat of what it does not know. */
    private static final String REREGISTER = "reregister";

    private final String name;
    private final List<Member> members;
    private final Fleet.Common common;
    private final SplittableRandom random;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable Future<?> next;
    private boolean underWay;
    private boolean stopping;
    private int requests;
    private String avoided = "";

    Provider(String name, List<Member> members, Fleet.Common common, SplittableRandom random) {
        this.name = name;
        this.members = List.copyOf(members);
        this.common = common;
        this.random = random;
    }

    /** Registers all, as often as it takes, and begins to beat after it. */
    void enrol(Runnable whenDone) {
        enrol(members, name + "-" + ++requests, common.history().now(), whenDone);
    }

    private void enrol(List<Member> some, String requestId, long firstSent, Runnable whenDone) {
        Door door = choose();
        send(common.enrolHttp(), door, FleetRequests.enrol(requestId, some, common.plan()), (outcome, ended) -> {
            if (outcome instanceof Outcome.Done done) {
                enrolled(some, done.answer(), firstSent, ended);
                whenDone.run();
                // Their first beats are spread over the interval, as those of providers that started at any time.
                later(between(0, FleetRequests.interval(common.plan()).toMillis() + 1), this::act);
            } else if (outcome instanceof Outcome.NotDone refused && !refused.retriable()) {
                throw new IllegalStateException("a registration was refused: " + refused);
            } else {
                avoided = door.node();
                later(backOff(), () -> enrol(some, requestId, firstSent, whenDone));
            }
        });
    }

    private void enrolled(List<Member> some, Answer answer, long sent, long ended) {
        JsonNode results = answer.body().path("results");
        for (int i = 0; i < some.size(); i++) {
            JsonNode instance = results.path(i).path("instance");
            if (!instance.has("incarnation")) {
                throw new IllegalStateException("a registration has no result " + i + ": " + answer);
            }
            Member member = some.get(i);
            member.enrolled(instance.path("incarnation").asLong());
            common.history()
                    .add(new LeaseEvent.Enrolled(
                            member.ref(),
                            member.incarnation(),
                            common.plan().ttl().toMillis(),
                            common.plan().check().map(Fleet.Check::retries).orElse(0),
                            common.plan().check().map(Fleet.Check::successes).orElse(0),
                            sent,
                            ended));
        }
    }

    /** Does what is next to do: registers what the registry has lost, else beats. */
    private void act() {
        List<Member> lost = members.stream().filter(Member::mustEnrol).toList();
        if (!lost.isEmpty()) {
            enrol(lost, name + "-" + ++requests, common.history().now(), () -> {});
            return;
        }
        List<Member> beating = members.stream().filter(Member::beats).toList();
        if (beating.isEmpty() || common.plan().ttl().isZero()) {
            // Woken when one of them resumes.
            return;
        }
        beat(beating, choose());
    }

    private void beat(List<Member> beating, Door door) {
        ApiRequest request = members.size() == 1 ? FleetRequests.beat(beating.get(0)) : FleetRequests.beat(beating);
        List<InstanceRef> refs = beating.stream().map(Member::ref).toList();
        long sent = common.history().now();
        send(common.beatHttp(), door, request, (outcome, ended) -> {
            BeatEnding ending = BeatEnding.of(outcome);
            List<Refusal> refusals = refusals(outcome, ending, refs);
            String why = ending == BeatEnding.ACKED ? "" : outcome.toString();
            LeaseEvent.Beaten beaten =
                    new LeaseEvent.Beaten(door.node(), refs, ending, refusals, sent, ended, shortened(why));
            common.history().add(beaten);
            common.listener().accept(beaten);
            refusals.stream()
                    .filter(refusal -> refusal.action().equals(REREGISTER))
                    .forEach(refusal -> disown(refusal.instance()));
            boolean heard = ending == BeatEnding.ACKED || ending == BeatEnding.REFUSED;
            avoided = heard ? "" : door.node();
            later(heard ? untilNext(sent) : backOff(), this::act);
        });
    }

    private static List<Refusal> refusals(Outcome outcome, BeatEnding ending, List<InstanceRef> refs) {
        return switch (ending) {
            case ACKED -> outcome.reply().map(FleetRequests::refusals).orElse(List.of());
            case REFUSED ->
                outcome.reply()
                        .map(answer -> refs.stream()
                                .map(ref -> FleetRequests.refusal(ref, answer))
                                .toList())
                        .orElse(List.of());
            case UNHEARD, UNKNOWN -> List.of();
        };
    }

    private void disown(InstanceRef ref) {
        members.stream().filter(member -> member.ref().equals(ref)).forEach(Member::disowned);
    }

    /** Another one than the one that failed, where there is one. */
    private Door choose() {
        List<Door> doors = new ArrayList<>(common.doors().get());
        if (doors.size() > 1) {
            doors.removeIf(door -> door.node().equals(avoided));
        }
        return doors.get(random.nextInt(doors.size()));
    }

    private void send(PlainClient http, Door door, ApiRequest request, BiConsumer<Outcome, Long> ended) {
        underWay = true;
        var unused = http.sendAsync(door.http(), request).whenComplete((outcome, failure) -> {
            long at = common.history().now();
            try {
                common.thread().execute(() -> guarded(() -> end(outcome, failure, at, ended)));
            } catch (RejectedExecutionException closed) {
                stopped.complete(null);
            }
        });
    }

    private void end(@Nullable Outcome outcome, @Nullable Throwable failure, long at, BiConsumer<Outcome, Long> ended) {
        underWay = false;
        if (outcome == null) {
            throw new IllegalStateException("a request came to nothing", failure);
        }
        ended.accept(outcome, at);
        if (stopping) {
            stopped.complete(null);
        }
    }

    private void later(long millis, Runnable task) {
        if (!stopping) {
            next = common.thread()
                    .schedule(
                            () -> {
                                next = null;
                                guarded(task);
                            },
                            millis,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** What goes wrong in the fleet itself must not look like a silence. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            common.failed().accept(e);
            stopped.complete(null);
        }
    }

    /** Beats now, if no request is under way. */
    void wake() {
        cancelNext();
        if (!underWay) {
            later(between(0, BACK_OFF_MAX_MILLIS), this::act);
        }
    }

    /** Begins nothing any more; completes when what is under way has ended. */
    CompletableFuture<Void> stop() {
        stopping = true;
        cancelNext();
        if (!underWay) {
            stopped.complete(null);
        }
        return stopped;
    }

    private void cancelNext() {
        Future<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
            next = null;
        }
    }

    private long untilNext(long sentNanos) {
        Duration interval = FleetRequests.interval(common.plan());
        long gap = (long) (interval.toMillis() * (1 - JITTER * random.nextDouble()));
        return Math.max(0, gap - TimeUnit.NANOSECONDS.toMillis(common.history().now() - sentNanos));
    }

    private long backOff() {
        return between(BACK_OFF_MIN_MILLIS, BACK_OFF_MAX_MILLIS);
    }

    private long between(long from, long to) {
        return random.nextLong(from, to);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 200));
    }
}
