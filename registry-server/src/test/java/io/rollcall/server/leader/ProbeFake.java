package io.rollcall.server.leader;

import io.rollcall.api.model.Registration;
import io.rollcall.server.probe.HealthProbe;
import io.rollcall.server.probe.Outcome;
import io.rollcall.server.probe.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** A probe whose answers the test gives, at once or later. */
final class ProbeFake implements HealthProbe {

    /** A check that began. */
    record Asked(Registration registration, long atNanos, CompletableFuture<ProbeResult> answer) {
        void answer(Outcome outcome) {
            answer.complete(new ProbeResult(outcome, outcome + " said the fake"));
        }
    }

    final List<Asked> asked = new ArrayList<>();
    Outcome atOnce;
    private final LongSupplier nanos;

    ProbeFake(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public CompletableFuture<ProbeResult> probe(Registration registration) {
        var check = new Asked(registration, nanos.getAsLong(), new CompletableFuture<>());
        asked.add(check);
        if (atOnce != null) {
            check.answer(atOnce);
        }
        return check.answer;
    }

    List<Asked> open() {
        return asked.stream().filter(check -> !check.answer.isDone()).toList();
    }

    List<Long> times(String id) {
        return asked.stream()
                .filter(check -> check.registration.key().id().toString().equals(id))
                .map(Asked::atNanos)
                .toList();
    }
}
