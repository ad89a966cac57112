package io.rollcall.chaos.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import io.rollcall.chaos.lease.Sighting;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StatusWatchTest {

    private static final InstanceRef REF = new InstanceRef("s", "i");

    private final LeaseHistory history = new LeaseHistory();
    private RegistryStub node;
    private StatusWatch watch;

    @BeforeEach
    void start() throws IOException {
        node = new RegistryStub("n1");
        watch = new StatusWatch(List.of(node.door()), history);
    }

    @AfterEach
    void stop() {
        watch.close();
        node.close();
    }

    @Test
    void eachChangeIsSeenOnceAndInOrder() {
        awaitPolls(2);
        show("passing", false);
        awaitShown(new Sighting(REF, "passing", false));
        show("passing", true);
        awaitShown(new Sighting(REF, "passing", true));
        node.instances = "{\"instances\":[]}";
        awaitShown(Sighting.absent(REF));
        awaitPolls(polls().size() + 2);

        assertThat(polls().stream().flatMap(poll -> poll.changes().stream()))
                .containsExactly(
                        new Sighting(REF, "passing", false), new Sighting(REF, "passing", true), Sighting.absent(REF));
    }

    @Test
    void nodeVouchesForNothingAtFirstAndThenForWhatItSaidBefore() {
        awaitPolls(3);

        List<LeaseEvent.Polled> polls = polls();
        assertThat(polls.get(0).currentAsOfNanos()).isNegative();
        assertThat(polls.get(1).currentAsOfNanos()).isEqualTo(sixMillisBefore(polls.get(0)));
        assertThat(polls.get(2).currentAsOfNanos()).isEqualTo(sixMillisBefore(polls.get(1)));
    }

    /** A moment before the history began is none. */
    private static long sixMillisBefore(LeaseEvent.Polled poll) {
        return Math.max(-1, poll.askedNanos() - 6_000_000);
    }

    @Test
    void leaderIsWhoSaysSoItself() {
        node.cluster = "{\"leader\":\"n2\",\"term\":3}";
        awaitPolls(3);
        assertThat(leaders()).isEmpty();

        node.cluster = "{\"leader\":\"n1\",\"term\":4}";
        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(leaders()).hasSize(1));
        node.cluster = "{\"leader\":\"n1\",\"term\":6}";

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(leaders()).hasSize(2));
        assertThat(watch.leaderChanges()).isEqualTo(1);
        LeaseEvent.Led last = leaders().get(1);
        assertThat(last.term()).isEqualTo(6);
        assertThat(last.lostNanos()).isBetween(leaders().get(0).seenNanos(), last.seenNanos());
    }

    private void show(String status, boolean suspect) {
        node.instances = "{\"instances\":[{\"name\":\"s\",\"id\":\"i\",\"status\":\"" + status + "\",\"suspect\":"
                + suspect + "}]}";
    }

    private void awaitShown(Sighting expected) {
        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(watch.shown("n1")).containsEntry(REF, expected));
    }

    private void awaitPolls(int count) {
        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(polls()).hasSizeGreaterThanOrEqualTo(count));
    }

    private List<LeaseEvent.Polled> polls() {
        return history.events().stream()
                .filter(LeaseEvent.Polled.class::isInstance)
                .map(LeaseEvent.Polled.class::cast)
                .toList();
    }

    private List<LeaseEvent.Led> leaders() {
        return history.events().stream()
                .filter(LeaseEvent.Led.class::isInstance)
                .map(LeaseEvent.Led.class::cast)
                .toList();
    }
}
