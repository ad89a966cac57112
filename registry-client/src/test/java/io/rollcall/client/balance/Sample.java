package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Instances to balance over; each change gives another one. */
record Sample(
        String id,
        int weight,
        String zone,
        InstanceStatus status,
        boolean suspect,
        long incarnation,
        int port,
        @Nullable Instant healthySince) {

    static final Instant LONG_AGO = ManualTime.START.minus(Duration.ofDays(3));

    static Sample of(String id) {
        return new Sample(id, 100, "", InstanceStatus.PASSING, false, 7, 8080, LONG_AGO);
    }

    Sample weight(int value) {
        return new Sample(id, value, zone, status, suspect, incarnation, port, healthySince);
    }

    Sample zone(String value) {
        return new Sample(id, weight, value, status, suspect, incarnation, port, healthySince);
    }

    Sample status(InstanceStatus value) {
        return new Sample(id, weight, zone, value, suspect, incarnation, port, healthySince);
    }

    Sample suspected() {
        return new Sample(id, weight, zone, status, true, incarnation, port, healthySince);
    }

    Sample incarnation(long value) {
        return new Sample(id, weight, zone, status, suspect, value, port, healthySince);
    }

    Sample port(int value) {
        return new Sample(id, weight, zone, status, suspect, incarnation, value, healthySince);
    }

    Sample healthySince(@Nullable Instant value) {
        return new Sample(id, weight, zone, status, suspect, incarnation, port, value);
    }

    Instance instance() {
        Registration registration = Registration.builder(InstanceKey.of("default", "orders", id))
                .address("10.0.0.1", port)
                .weight(weight)
                .zone(zone)
                .build();
        Instant since = healthySince == null ? LONG_AGO : healthySince;
        return new Instance(registration, incarnation, status, "", since, healthySince, suspect, LONG_AGO, 1, 1);
    }

    static List<Instance> list(Sample... samples) {
        return List.of(samples).stream().map(Sample::instance).toList();
    }

    /** Instances {@code i-0}, {@code i-1} and so on. */
    static List<Instance> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> of("i-" + i).instance()).toList();
    }
}
