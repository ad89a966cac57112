package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.fake.FakeCluster.Asked;
import io.rollcall.client.provide.BeatBatch.Sent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BeatBatchTest {

    private static final Duration TTL = Duration.ofSeconds(30);

    private static Sent sent(String namespace, String service, String id) {
        Registration registration = Registration.builder(InstanceKey.of(namespace, service, id))
                .address("127.0.0.1", 1)
                .ttl(TTL)
                .build();
        KeptInstance kept = new KeptInstance(registration, false, false, 0, event -> {});
        kept.written(kept.beginWriting(0), instance(registration), 0, 0, 0.5);
        return new Sent(kept, new Heartbeat(registration.key(), Long.MAX_VALUE));
    }

    private static Instance instance(Registration registration) {
        Instant time = Instant.EPOCH;
        long incarnation = Long.MAX_VALUE;
        return new Instance(registration, incarnation, InstanceStatus.PASSING, "", time, time, false, time, 1, 1);
    }

    @Test
    void namespacesGoApart() {
        List<Sent> beats = List.of(sent("a", "s", "1"), sent("b", "s", "1"), sent("a", "s", "2"));

        assertThat(BeatBatch.of(beats))
                .containsExactly(
                        new BeatBatch(List.of(beats.get(0), beats.get(2))), new BeatBatch(List.of(beats.get(1))));
    }

    @Test
    void oneRequestHoldsAsManyAsTheRegistryTakes() {
        List<Sent> beats = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            beats.add(sent("default", "s", Integer.toString(i)));
        }

        assertThat(BeatBatch.of(beats.subList(0, 10_000))).hasSize(1);
        assertThat(BeatBatch.of(beats)).extracting(batch -> batch.sent().size()).containsExactly(10_000, 1);
    }

    @Test
    void noBodyIsLargerThanTheRegistryTakes() {
        String longest = "s".repeat(128);
        List<Sent> beats = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            beats.add(sent("default", longest, String.format("%0128d", i)));
        }

        List<BeatBatch> batches = BeatBatch.of(beats);

        assertThat(batches).hasSize(2);
        try (Rig rig = new Rig(1)) {
            batches.forEach(batch -> rig.client.heartbeats(batch.beats()).orThrow());
            assertThat(rig.cluster.asked())
                    .extracting(Asked::body)
                    .allSatisfy(body -> assertThat(body.getBytes(StandardCharsets.UTF_8))
                            .hasSizeLessThanOrEqualTo(2 * 1024 * 1024));
            assertThat(rig.cluster.asked().get(0).body().length())
                    .as("no more requests than are needed")
                    .isGreaterThan(2 * 1024 * 1024 - 1_000);
        }
    }
}
