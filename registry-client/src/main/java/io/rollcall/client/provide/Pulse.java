package io.rollcall.client.provide;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.client.CallLimits;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.RenewalTally;
import io.rollcall.client.provide.BeatBatch.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beats of all instances of a provider: one request when the first of them is due, for all that do well with one. When
 * nobody acknowledges it, it is sent again soon, to every node in turn, until somebody does. For one thread.
 */
final class Pulse implements Steps.Step {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** What the registry asks for unless it says otherwise. */
    static final double USUAL_SHARE = 1.0 / 3;

    // Whatever the registry asks for: beyond it there is no time for a second attempt.
    private static final double MAX_SHARE = 0.8;
    // Early, never late.
    private static final double JITTER = 0.2;

    /** How far processes that have to register again at the same time are spread. */
    private static final Duration REREGISTER_SPREAD = Duration.ofMillis(500);

    /** Failures in a row that an operator should see; fewer come with each election. */
    private static final int FAILURES_WORTH_A_WARNING = 3;

    private static final String REREGISTER = "reregister";
    private static final String STOP = "stop";

    private final RegistryClient client;
    private final Roster roster;
    private final Runnable registrationsDue;
    private final LongSupplier nanos;
    private final DoubleSupplier chance;

    private int failures;
    private long notBefore;

    /**
     * A pulse that begins with its first step.
     *
     * @param registrationsDue told when instances have to be registered again
     * @param nanos monotonic
     * @param chance 0 to 1
     */
    Pulse(RegistryClient client, Roster roster, Runnable registrationsDue, LongSupplier nanos, DoubleSupplier chance) {
        this.client = client;
        this.roster = roster;
        this.registrationsDue = registrationsDue;
        this.nanos = nanos;
        this.chance = chance;
        this.notBefore = nanos.getAsLong();
    }

    /** The share of a lease after which a beat is due that was asked for after this one, somewhat earlier by chance. */
    static double jittered(double share, DoubleSupplier chance) {
        return Math.min(share, MAX_SHARE) * (1 - JITTER * chance.getAsDouble());
    }

    @Override
    public long run() {
        List<KeptInstance> all = roster.all();
        long now = nanos.getAsLong();
        all.forEach(instance -> instance.supervise(now));
        List<Sent> due = now - notBefore < 0 ? List.of() : due(all, now);
        if (!due.isEmpty()) {
            beat(due);
        }
        return untilNext(all, nanos.getAsLong());
    }

    /** All that do well with a beat if one of them needs it now, else none. */
    private static List<Sent> due(List<KeptInstance> all, long now) {
        if (all.stream().noneMatch(instance -> instance.untilBeat(now) <= 0)) {
            return List.of();
        }
        List<Sent> due = new ArrayList<>(all.size());
        for (KeptInstance instance : all) {
            Heartbeat beat = instance.ripeBeat(now);
            if (beat != null) {
                due.add(new Sent(instance, beat));
            }
        }
        return due;
    }

    private long untilNext(List<KeptInstance> all, long now) {
        long next = Long.MAX_VALUE;
        for (KeptInstance instance : all) {
            long untilBeat = instance.untilBeat(now);
            if (untilBeat < Long.MAX_VALUE) {
                next = Math.min(next, Math.max(untilBeat, notBefore - now));
            }
            next = Math.min(next, instance.supervise(now));
        }
        return Math.max(next, 0);
    }

    private void beat(List<Sent> due) {
        Optional<Duration> pause = Optional.empty();
        for (BeatBatch batch : BeatBatch.of(due)) {
            Optional<Duration> asked = send(batch);
            if (asked.isPresent() && (pause.isEmpty() || asked.get().compareTo(pause.get()) > 0)) {
                pause = asked;
            }
        }
        if (pause.isPresent()) {
            failures++;
            long own = retryPause(due).nanos(failures, chance.getAsDouble());
            notBefore = nanos.getAsLong() + Math.max(own, pause.get().toNanos());
            return;
        }
        if (failures >= FAILURES_WORTH_A_WARNING) {
            LOG.atInfo().addKeyValue("failures", failures).log("heartbeats are acknowledged again");
        }
        failures = 0;
    }

    private static RetryPause retryPause(List<Sent> due) {
        Duration ttl = new BeatBatch(due).ttl();
        Duration first = between(Duration.ofMillis(50), ttl.dividedBy(30), Duration.ofSeconds(1));
        return new RetryPause(first, between(first, ttl.dividedBy(6), Duration.ofSeconds(5)));
    }

    /** Sends one request; empty if all that is in it was answered, else how long the registry asked to wait at least. */
    private Optional<Duration> send(BeatBatch batch) {
        long sentNanos = nanos.getAsLong();
        Outcome<RenewalTally> outcome = client.heartbeats(batch.beats(), limits(batch, sentNanos));
        return outcome.match(new Outcome.Cases<RenewalTally, Optional<Duration>>() {
            @Override
            public Optional<Duration> done(Outcome.Done<RenewalTally> done) {
                return take(batch, done.value(), sentNanos);
            }

            @Override
            public Optional<Duration> refused(Outcome.Refused<RenewalTally> refused) {
                Duration asked = RetryPause.askedFor(refused.refusal());
                Duration most = batch.ttl().dividedBy(4);
                return failed(batch, refused.refusal().toString(), asked.compareTo(most) > 0 ? most : asked);
            }

            @Override
            public Optional<Duration> unanswered(Outcome.Unanswered<RenewalTally> unanswered) {
                return failed(batch, unanswered.detail(), Duration.ZERO);
            }

            @Override
            public Optional<Duration> unknown(Outcome.Unknown<RenewalTally> unknown) {
                return failed(batch, unknown.detail(), Duration.ZERO);
            }
        });
    }

    /**
     * An attempt on a node that hangs must leave time for the others, and the call must end when there is something to tell
     * of a lease.
     */
    private static CallLimits limits(BeatBatch batch, long now) {
        Duration ttl = batch.ttl();
        Duration attempt = between(Duration.ofMillis(200), ttl.dividedBy(5), Duration.ofSeconds(2));
        Duration deadline = between(attempt, ttl.dividedBy(3), Duration.ofSeconds(5));
        long untilWorse = batch.sent().stream()
                .mapToLong(each -> each.instance().supervise(now))
                .min()
                .orElse(Long.MAX_VALUE);
        return new CallLimits(attempt, between(attempt, Duration.ofNanos(untilWorse), deadline));
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        Duration atMost = wanted.compareTo(most) > 0 ? most : wanted;
        return atMost.compareTo(least) < 0 ? least : atMost;
    }

    private Optional<Duration> take(BeatBatch batch, RenewalTally tally, long sentNanos) {
        Map<String, RenewalTally.Failed> failed = new HashMap<>();
        tally.failed().forEach(each -> failed.put(each.name() + "/" + each.id(), each));
        long now = nanos.getAsLong();
        double share = jittered(share(tally), chance);
        long reregisterAt = now + (long) (REREGISTER_SPREAD.toNanos() * chance.getAsDouble());
        boolean isEachAnswered = true;
        boolean isOneForgotten = false;
        for (Sent each : batch.sent()) {
            Heartbeat beat = each.beat();
            RenewalTally.Failed failure = failed.isEmpty()
                    ? null
                    : failed.get(beat.instance().service().name() + "/"
                            + beat.instance().id());
            if (failure == null) {
                each.instance().renewed(beat.incarnation(), sentNanos, share);
            } else if (failure.is(ErrorCode.PERMISSION_DENIED)) {
                // Its own matter: the others are beaten for as ever, and it in its usual rhythm, should that be allowed
                // again.
                each.instance().beatDenied(beat.incarnation(), failure.code(), now, share);
            } else if (failure.action().equals(REREGISTER)) {
                each.instance().forgotten(beat.incarnation(), now, reregisterAt);
                isOneForgotten = true;
            } else if (failure.action().equals(STOP)) {
                each.instance().replaced(beat.incarnation(), failure.incarnation(), now, reregisterAt);
                isOneForgotten = true;
            } else {
                isEachAnswered = false;
            }
        }
        if (isOneForgotten) {
            registrationsDue.run();
        }
        return isEachAnswered ? Optional.empty() : Optional.of(Duration.ZERO);
    }

    private static double share(RenewalTally tally) {
        Duration ttl = tally.ttl();
        Duration next = tally.nextHeartbeat();
        if (ttl == null || next == null || ttl.isZero() || next.isZero()) {
            return USUAL_SHARE;
        }
        return (double) next.toNanos() / ttl.toNanos();
    }

    private Optional<Duration> failed(BeatBatch batch, String detail, Duration pause) {
        if (failures + 1 == FAILURES_WORTH_A_WARNING) {
            LOG.atWarn()
                    .addKeyValue("instances", batch.sent().size())
                    .addKeyValue("detail", detail)
                    .log("heartbeats are not acknowledged; going on at all nodes");
        }
        return Optional.of(pause);
    }
}
