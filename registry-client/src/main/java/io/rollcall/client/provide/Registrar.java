package io.rollcall.client.provide;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.RetryAdvice;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.BatchResult;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.provide.RegistrationBatch.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers what has to be registered, first or again, as many in one request as it may hold. One request is under way at a
 * time, and many are spread, so that a registry that has lost them all is not run over when it comes back. For one thread.
 */
final class Registrar implements Steps.Step {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private static final RetryPause UNANSWERED = new RetryPause(Duration.ofMillis(200), Duration.ofSeconds(5));
    // What stands in the way (a predecessor's lease, a permission, a quota) does not go in a moment.
    private static final RetryPause REFUSED = new RetryPause(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** Between requests that are full, before chance: the others of a registry have to get their turn. */
    private static final Duration BETWEEN_FULL = Duration.ofMillis(100);

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    /** The registry remembers a request for ten minutes; after that a repetition is another registration anyway. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /**
     * A request that is sent.
     *
     * @param firstSentNanos the lease may run since then, even if it is the last repetition that is answered
     * @param isUnknown whether it may have been done by an attempt before
     * @param dueNanos when to send it
     */
    private record Sending(RegistrationBatch batch, long firstSentNanos, boolean isUnknown, long dueNanos) {}

    private final RegistryClient client;
    private final Roster roster;
    private final Runnable beatsDue;
    private final LongSupplier nanos;
    private final DoubleSupplier chance;
    private final List<Sending> unknown = new ArrayList<>();

    // Of the last answer: what failed with one request is due again at one moment, so that it goes in one request
    // again.
    private long answeredNanos;
    private double luck;

    /**
     * A registrar with nothing under way.
     *
     * @param beatsDue told when instances were registered
     * @param nanos monotonic
     * @param chance 0 to 1
     */
    Registrar(RegistryClient client, Roster roster, Runnable beatsDue, LongSupplier nanos, DoubleSupplier chance) {
        this.client = client;
        this.roster = roster;
        this.beatsDue = beatsDue;
        this.nanos = nanos;
        this.chance = chance;
    }

    @Override
    public long run() {
        long now = nanos.getAsLong();
        Sending repeated = unknown.stream()
                .filter(each -> each.dueNanos() - now <= 0)
                .findFirst()
                .orElse(null);
        if (repeated != null) {
            unknown.remove(repeated);
            send(repeated);
            return 0;
        }
        List<KeptInstance> all = roster.all();
        List<KeptInstance> due = all.stream()
                .filter(instance -> instance.untilWrite(now) <= 0)
                .sorted(Comparator.comparing(KeptInstance::key))
                .toList();
        RegistrationBatch batch = RegistrationBatch.of(due, now);
        if (batch == null) {
            return untilNext(all, now);
        }
        send(new Sending(batch, now, false, now));
        return batch.isFull() ? (long) (BETWEEN_FULL.toNanos() * (0.5 + chance.getAsDouble())) : 0;
    }

    private long untilNext(List<KeptInstance> all, long now) {
        long next =
                unknown.stream().mapToLong(each -> each.dueNanos() - now).min().orElse(Long.MAX_VALUE);
        for (KeptInstance instance : all) {
            next = Math.min(next, instance.untilWrite(now));
        }
        return Math.max(next, 0);
    }

    private void send(Sending sending) {
        RegistrationBatch batch = sending.batch();
        long sentNanos = sending.firstSentNanos();
        if (batch.items().size() > 1) {
            take(sending, client.registerAll(batch.registrations(), false, batch.options()), result -> {
                List<BatchResult.Item> items = result.items();
                for (int i = 0; i < batch.items().size(); i++) {
                    took(batch.items().get(i), i < items.size() ? items.get(i) : null, sentNanos);
                }
            });
        } else {
            Item only = batch.items().get(0);
            take(
                    sending,
                    client.register(only.wish().registration(), batch.options()),
                    instance -> registered(only, instance, sentNanos));
        }
        beatsDue.run();
    }

    private void took(Item item, BatchResult.@Nullable Item result, long sentNanos) {
        Instance instance = result == null ? null : result.instance();
        Refusal refusal = result == null ? null : result.refusal();
        if (instance != null) {
            registered(item, instance, sentNanos);
        } else if (refusal != null) {
            refused(item, refusal);
        } else {
            Outcome<Instance> silence =
                    new Outcome.Unanswered<>("the answer to a batch does not say what became of it");
            item.instance().writeFailed(silence, answeredNanos + REFUSED.nanos(1, luck));
        }
    }

    private void registered(Item item, Instance instance, long sentNanos) {
        Instance present = isLeftDraining(item, instance) ? backInTraffic(instance) : instance;
        double share = Pulse.jittered(Pulse.USUAL_SHARE, chance);
        if (!item.instance().written(item.wish(), present, sentNanos, answeredNanos, share)) {
            // It was given up while this was under way.
            var unused = client.deregister(instance.key(), WriteOptions.none().withIncarnation(instance.incarnation()));
        }
    }

    /** An operator's word outlasts the process that it was meant for, also if it is the word of a closing provider. */
    private static boolean isLeftDraining(Item item, Instance instance) {
        return instance.status() == InstanceStatus.DRAINING
                && instance.statusReason().equals(Farewell.REASON)
                && !item.instance().isDraining();
    }

    private Instance backInTraffic(Instance instance) {
        Outcome<Instance> cleared = client.operations().clearStatus(instance.key(), WriteOptions.none());
        if (cleared instanceof Outcome.Done<Instance> done) {
            return done.value();
        }
        LOG.atWarn()
                .addKeyValue("instance", instance.key())
                .addKeyValue("outcome", cleared)
                .log(
                        "registered, but a process before this one has left it draining, and that could not be taken back");
        return instance;
    }

    /** Takes in how a request ended. */
    private <T> void take(Sending sending, Outcome<T> outcome, Consumer<T> whenDone) {
        answeredNanos = nanos.getAsLong();
        luck = chance.getAsDouble();
        RegistrationBatch batch = sending.batch();
        outcome.match(new Outcome.Cases<T, Boolean>() {
            @Override
            public Boolean done(Outcome.Done<T> done) {
                whenDone.accept(done.value());
                LOG.atDebug().addKeyValue("instances", batch.items().size()).log("registered");
                return true;
            }

            @Override
            public Boolean refused(Outcome.Refused<T> refused) {
                Refusal refusal = refused.refusal();
                if (isTemporary(refusal) || (sending.isUnknown() && isBeforeTheLog(refusal))) {
                    failedAll(sending, new Outcome.Refused<>(refusal), RetryPause.askedFor(refusal));
                } else {
                    refusedAll(batch, refusal);
                }
                return true;
            }

            @Override
            public Boolean unanswered(Outcome.Unanswered<T> unanswered) {
                failedAll(sending, new Outcome.Unanswered<>(unanswered.detail()), Duration.ZERO);
                return true;
            }

            @Override
            public Boolean unknown(Outcome.Unknown<T> lost) {
                Sending isUnknown = new Sending(batch, sending.firstSentNanos(), true, sending.dueNanos());
                failedAll(isUnknown, new Outcome.Unknown<>(lost.detail(), lost.requestId()), Duration.ZERO);
                return true;
            }
        });
    }

    private static boolean isTemporary(Refusal refusal) {
        return refusal.status() >= SERVER_ERROR
                || refusal.known().map(ErrorCode::retryAdvice).orElse(RetryAdvice.NEVER) != RetryAdvice.NEVER;
    }

    /** Whether it says nothing of an attempt before, which may be in the log. */
    private static boolean isBeforeTheLog(Refusal refusal) {
        return refusal.known().isEmpty()
                || refusal.is(ErrorCode.UNAUTHENTICATED)
                || refusal.is(ErrorCode.PERMISSION_DENIED)
                || refusal.is(ErrorCode.QUOTA_EXCEEDED);
    }

    /** To be tried again: the same request if it may have been done, else another one. */
    private void failedAll(Sending sending, Outcome<Instance> outcome, Duration asked) {
        List<Item> items = sending.batch().items();
        int failures = items.stream()
                .mapToInt(item -> item.instance().countFailure())
                .max()
                .orElse(1);
        long dueNanos = answeredNanos + Math.max(UNANSWERED.nanos(failures, luck), asked.toNanos());
        if (sending.isUnknown() && answeredNanos - sending.firstSentNanos() < REMEMBERED.toNanos()) {
            items.forEach(item -> item.instance().writeIsUnknown(outcome));
            unknown.add(new Sending(sending.batch(), sending.firstSentNanos(), true, dueNanos));
        } else {
            items.forEach(item -> item.instance().writeFailed(outcome, dueNanos));
        }
    }

    private void refusedAll(RegistrationBatch batch, Refusal refusal) {
        boolean isOfOneItem = refusal.status() == CLIENT_ERROR || refusal.is(ErrorCode.TOO_LARGE);
        if (isOfOneItem && batch.items().size() > 1) {
            // One bad item refuses all of the request; alone, each learns whether it is the one.
            batch.items().forEach(item -> item.instance().writeAlone(answeredNanos));
        } else {
            batch.items().forEach(item -> refused(item, refusal));
        }
    }

    private void refused(Item item, Refusal refusal) {
        LOG.atWarn()
                .addKeyValue("instance", item.instance().key())
                .addKeyValue("refusal", refusal)
                .log("registration refused");
        int failures = item.instance().countFailure();
        long dueNanos = answeredNanos + REFUSED.nanos(failures, luck);
        item.instance().writeRefused(item.wish(), refusal, isHopeless(refusal), dueNanos);
    }

    /** Whether nothing but another request helps. A permission, a quota and the holder of the id may change meanwhile. */
    private static boolean isHopeless(Refusal refusal) {
        return refusal.known()
                .map(code -> switch (code) {
                    case UNAUTHENTICATED, PERMISSION_DENIED, NOT_OWNER, QUOTA_EXCEEDED, INSTANCE_ADDRESS_CONFLICT ->
                        false;
                    default -> code.retryAdvice() == RetryAdvice.NEVER;
                })
                // Not the registry's own word: of a proxy, or of a newer version.
                .orElse(false);
    }
}
