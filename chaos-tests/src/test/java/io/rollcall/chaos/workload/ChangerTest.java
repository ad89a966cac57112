package io.rollcall.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.PlannedWrite;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ChangerTest {

    private static final ChangeLoad.Plan PLAN = new ChangeLoad.Plan(20, 2, 100);

    private final Changer changer = new Changer("c", PLAN, new SplittableRandom(1));
    private final Map<InstanceRef, String> registered = new HashMap<>();
    private final Set<InstanceRef> paused = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();

    @Test
    void noRuleRefusesWhatIsPlanned() {
        for (int i = 0; i < 5_000; i++) {
            perform(changer.next());
        }

        assertThat(kinds)
                .containsExactlyInAnyOrder("register", "replace", "batch", "pause", "go on", "remove", "remove paused");
        assertThat(registered.size()).isLessThan(100);
    }

    @Test
    void firstInstancesAreSpreadOverTheServicesOfAPart() {
        Set<String> services = new HashSet<>();
        for (Changer.PlannedChange change : changer.fill(1, 2, 3)) {
            change.write().targets().forEach(ref -> services.add(ref.service()));
            perform(change);
        }

        assertThat(services).hasSize(10).contains(PLAN.service(1), PLAN.service(19));
        assertThat(registered).hasSize(30);
    }

    private void perform(Changer.PlannedChange change) {
        PlannedWrite write = change.write();
        InstanceRef first = write.targets().get(0);
        Optional<String> mark = change.marks().get(0);
        boolean status = write.request().path().endsWith("/status");
        if (status) {
            boolean pause = write.request().method().equals("PUT");
            kinds.add(pause ? "pause" : "go on");
            assertThat(registered).containsKey(first);
            assertThat(pause ? paused.add(first) : paused.remove(first)).isTrue();
            assertThat(mark).isEqualTo(pause ? Optional.empty() : Optional.of(registered.get(first)));
        } else if (write.registers()) {
            kinds.add(write.targets().size() > 1 ? "batch" : registered.containsKey(first) ? "replace" : "register");
            // What an operator took out is not brought back by a registration.
            assertThat(paused).doesNotContainAnyElementsOf(write.targets());
            assertThat(change.marks()).containsOnly(Optional.of(write.requestId()));
            write.targets().forEach(ref -> registered.put(ref, write.requestId()));
        } else {
            kinds.add(paused.remove(first) ? "remove paused" : "remove");
            assertThat(registered.remove(first)).isNotNull();
            assertThat(mark).isEmpty();
        }
        assertThat(change.marks()).hasSameSizeAs(List.copyOf(write.targets()));
        changer.done(change);
    }
}
