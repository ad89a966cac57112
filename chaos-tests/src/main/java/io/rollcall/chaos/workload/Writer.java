package io.rollcall.chaos.workload;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.PlannedWrite;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One caller that registers, re-registers and deregisters instances which nobody else touches, one write after the other.
 * Used by one thread at a time.
 */
final class Writer {

    private static final int LIVE_MAX = 250;
    private static final int BATCH_SIZE = 3;
    private static final double CREATE_SHARE = 0.40;
    private static final double BATCH_SHARE = 0.08;
    private static final double REPLACE_SHARE = 0.30;

    /** Callers that take the first answer for the last; they show whether errors are honest. */
    private static final double IMPATIENT_SHARE = 0.15;

    private final String name;
    private final SplittableRandom random;
    private final Attempts attempts;
    private final List<InstanceRef> live = new ArrayList<>();
    private int lastWrite;
    private int lastInstance;

    Writer(String name, SplittableRandom random, Attempts attempts) {
        this.name = name;
        this.random = random;
        this.attempts = attempts;
    }

    /** Makes the next write and waits for what becomes of it. */
    WriteRecord writeNext() {
        PlannedWrite planned = plan();
        boolean patient = random.nextDouble() >= IMPATIENT_SHARE;
        WriteRecord write = attempts.perform(planned, patient, random);
        live.removeAll(planned.targets());
        // Where it is not certain what came of a write, its targets are left alone, so that a late effect is seen.
        if (write.verdict() == Verdict.DONE && planned.registers()) {
            live.addAll(planned.targets());
        }
        return write;
    }

    private PlannedWrite plan() {
        String requestId = name + "-" + ++lastWrite;
        double draw = random.nextDouble();
        boolean full = live.size() >= LIVE_MAX;
        if (!full && draw < BATCH_SHARE) {
            return batch(requestId);
        }
        if (!full && (live.isEmpty() || draw < BATCH_SHARE + CREATE_SHARE)) {
            return Requests.register(requestId, fresh(), random.nextBoolean());
        }
        InstanceRef target = live.get(random.nextInt(live.size()));
        return draw < BATCH_SHARE + CREATE_SHARE + REPLACE_SHARE
                ? Requests.register(requestId, target, false)
                : Requests.deregister(requestId, target);
    }

    private PlannedWrite batch(String requestId) {
        List<InstanceRef> targets = new ArrayList<>();
        for (int i = 0; i < BATCH_SIZE; i++) {
            targets.add(fresh());
        }
        return Requests.batch(requestId, targets, random.nextBoolean());
    }

    private InstanceRef fresh() {
        int number = ++lastInstance;
        return new InstanceRef("load-" + number % 7, name + "-i" + number);
    }
}
