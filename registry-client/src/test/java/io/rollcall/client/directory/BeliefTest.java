package io.rollcall.client.directory;

import static io.rollcall.client.directory.Known.ORDERS;
import static io.rollcall.client.directory.Known.ids;
import static io.rollcall.client.directory.Known.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.client.directory.Belief.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BeliefTest {

    private static final Duration KEEP = Duration.ofSeconds(60);

    private final Aging aging = new Aging(() -> nowNanos(), Duration.ofHours(1), false);
    private long now = Duration.ofDays(1).toNanos();
    private Belief belief = belief(EmptyListPolicy.keepFor(KEEP));

    private long nowNanos() {
        return now;
    }

    private Belief belief(EmptyListPolicy policy) {
        return new Belief(ServiceView.nothing(ORDERS, aging), policy);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Verdict snapshot(long connection, long index, List<Instance> instances) {
        return snapshot(connection, index, instances, false);
    }

    private Verdict snapshot(long connection, long index, List<Instance> instances, boolean isAnew) {
        return belief.take(new News(index, index, instances, ViewSource.WATCH, now, connection, Set.of(), isAnew), now);
    }

    private Verdict change(long connection, long index, List<Instance> instances, String... removed) {
        var ids = Stream.of(removed).map(InstanceId::new).collect(Collectors.toSet());
        return belief.take(new News(index, index, instances, ViewSource.WATCH, now, connection, ids, false), now);
    }

    private Verdict answer(long index, long applied, Duration age, List<Instance> instances) {
        return belief.take(News.answer(index, applied, instances, now - age.toNanos()), now);
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(belief.view().isKnown()).isFalse();
        assertThat(belief.view().isStale()).isTrue();
        assertThat(belief.view().age()).isEqualTo(ServiceView.NEVER);
        assertThat(belief.view().instances()).isEmpty();
    }

    @Test
    void firstEmptyListIsBelievedAtOnce() {
        assertThat(snapshot(1, 1, List.of())).isEqualTo(Verdict.CHANGED);
        assertThat(belief.view().isKnown()).isTrue();
    }

    @Test
    void listThatIsTheSameKeepsItsReferenceAndGetsYounger() {
        snapshot(1, 5, orders("a", "b"));
        var before = belief.view();
        pass(Duration.ofSeconds(9));

        assertThat(snapshot(2, 6, orders("a", "b"))).isEqualTo(Verdict.SAME);

        assertThat(belief.view().instances()).isSameAs(before.instances());
        assertThat(belief.view().index()).isEqualTo(6);
        assertThat(belief.view().age()).isZero();
        assertThat(before.age()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void removalOfEachInstanceIsProof() {
        snapshot(1, 5, orders("a", "b"));

        assertThat(change(1, 9, List.of(), "a", "b", "never-there")).isEqualTo(Verdict.CHANGED);
        assertThat(belief.view().instances()).isEmpty();
    }

    @Test
    void removalOfEachInstanceIsProofOnAnotherConnectionToo() {
        snapshot(1, 5, orders("a", "b"));

        assertThat(change(2, 9, List.of(), "a", "b")).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void removalOfOthersIsNoProof() {
        snapshot(1, 5, orders("a", "b"));

        assertThat(change(2, 9, List.of(), "a", "c")).isEqualTo(Verdict.HELD);
        assertThat(ids(belief.view())).containsExactly("a", "b");
    }

    @Test
    void emptySnapshotOfTheSameConnectionIsProof() {
        snapshot(4, 5, orders("a"));

        assertThat(snapshot(4, 90, List.of())).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void emptySnapshotOfAnotherConnectionIsKeptOutForTheTimeOfThePolicy() {
        snapshot(4, 5, orders("a"));
        pass(Duration.ofSeconds(2));

        assertThat(snapshot(5, 90, List.of())).isEqualTo(Verdict.HELD);

        assertThat(ids(belief.view())).containsExactly("a");
        assertThat(belief.view().isKept()).isTrue();
        pass(KEEP.minusNanos(1));
        assertThat(belief.tick(now)).isFalse();
        assertThat(belief.view().age()).isEqualTo(KEEP.plusSeconds(2).minusNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(belief.tick(now)).isTrue();
        assertThat(belief.view().instances()).isEmpty();
        assertThat(belief.view().isKept()).isFalse();
        assertThat(belief.view().index()).isEqualTo(90);
    }

    @Test
    void timeOfThePolicyBeginsWithTheFirstEmptyList() {
        snapshot(4, 5, orders("a"));
        snapshot(5, 90, List.of());
        pass(Duration.ofSeconds(50));
        assertThat(answer(90, 95, Duration.ZERO, List.of())).isEqualTo(Verdict.HELD);
        pass(Duration.ofSeconds(10));

        assertThat(snapshot(6, 96, List.of())).isEqualTo(Verdict.EMPTIED);
    }

    @Test
    void instancesEndTheWaitingForAnEmptyList() {
        snapshot(4, 5, orders("a"));
        snapshot(5, 90, List.of());
        pass(Duration.ofSeconds(50));

        assertThat(change(5, 91, orders("b"))).isEqualTo(Verdict.CHANGED);

        assertThat(ids(belief.view())).containsExactly("b");
        pass(KEEP);
        assertThat(belief.tick(now)).isFalse();
        assertThat(ids(belief.view())).containsExactly("b");
    }

    @Test
    void keptListIsNotConfirmedByTheStreamThatSaysThatItIsEmpty() {
        snapshot(4, 5, orders("a"));
        snapshot(5, 90, List.of());
        pass(Duration.ofSeconds(10));

        belief.confirm(ViewSource.WATCH, now);

        assertThat(belief.view().age()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void emptyAnswerIsNoProof() {
        snapshot(4, 5, orders("a"));

        assertThat(answer(90, 95, Duration.ZERO, List.of())).isEqualTo(Verdict.HELD);
    }

    @Test
    void policyOfTrustBelievesAtOnceAndThatOfKeepingNever() {
        belief = belief(EmptyListPolicy.trust());
        snapshot(4, 5, orders("a"));
        assertThat(snapshot(5, 90, List.of())).isEqualTo(Verdict.EMPTIED);

        belief = belief(EmptyListPolicy.keep());
        snapshot(4, 5, orders("a"));
        assertThat(snapshot(5, 90, List.of())).isEqualTo(Verdict.HELD);
        pass(Duration.ofDays(30));
        assertThat(belief.tick(now)).isFalse();
        assertThat(change(5, 91, List.of(), "a")).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void whatIsOlderIsIgnored() {
        snapshot(4, 50, orders("a", "b"));

        assertThat(snapshot(5, 49, orders("a"))).isEqualTo(Verdict.OLDER);
        assertThat(answer(30, 49, Duration.ofSeconds(1), orders("a"))).isEqualTo(Verdict.OLDER);
        assertThat(ids(belief.view())).containsExactly("a", "b");
    }

    @Test
    void answerOfANodeThatIsAsFarIsNoOlder() {
        snapshot(4, 50, orders("a", "b"));

        assertThat(answer(50, 80, Duration.ofSeconds(1), orders("a", "b"))).isEqualTo(Verdict.SAME);
        assertThat(answer(70, 80, Duration.ofSeconds(1), orders("a"))).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void streamThatBeginsAnewAtALowerIndexIsOfAnotherHistory() {
        snapshot(4, 50, orders("a", "b"));

        assertThat(snapshot(5, 4, orders("c"), true)).isEqualTo(Verdict.CHANGED);
        assertThat(belief.view().index()).isEqualTo(4);
        assertThat(change(5, 6, orders("c", "d"))).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void emptyRestoredRegistryIsNotBelievedAtOnceAndItsNextInstanceIs() {
        snapshot(4, 50, orders("a", "b"));

        assertThat(snapshot(5, 4, List.of(), true)).isEqualTo(Verdict.HELD);
        assertThat(ids(belief.view())).containsExactly("a", "b");
        assertThat(change(5, 6, orders("c"))).isEqualTo(Verdict.CHANGED);
        assertThat(belief.view().index()).isEqualTo(6);
    }

    @Test
    void answerThatVouchesForLaterAndIsBelowIsOfAnotherHistory() {
        snapshot(4, 50, orders("a", "b"));
        pass(Duration.ofSeconds(5));

        assertThat(answer(4, 9, Duration.ofSeconds(6), orders("c"))).isEqualTo(Verdict.OLDER);
        assertThat(answer(4, 9, Duration.ofSeconds(4), orders("c"))).isEqualTo(Verdict.CHANGED);
        assertThat(belief.view().index()).isEqualTo(4);
    }

    @Test
    void whatIsOnDiskGivesWayToAStreamWhateverItsIndex() {
        assertThat(belief.recall(50, orders("a"), now - Duration.ofHours(2).toNanos()))
                .isTrue();
        assertThat(belief.view().source()).isEqualTo(ViewSource.DISK);
        assertThat(belief.view().age()).isEqualTo(Duration.ofHours(2));
        assertThat(belief.view().isStale()).isTrue();

        assertThat(snapshot(1, 4, orders("c"))).isEqualTo(Verdict.CHANGED);
        assertThat(belief.view().isStale()).isFalse();
        assertThat(belief.recall(99, orders("z"), now)).isFalse();
    }

    @Test
    void whatIsOnDiskIsKeptFromAnEmptyStream() {
        belief.recall(50, orders("a"), now);

        assertThat(snapshot(1, 60, List.of())).isEqualTo(Verdict.HELD);
        assertThat(snapshot(1, 3, List.of())).isIn(Verdict.HELD, Verdict.OLDER);
        assertThat(ids(belief.view())).containsExactly("a");
    }

    @Test
    void confirmationMakesYoungerAndNeverOlder() {
        snapshot(1, 5, orders("a"));
        pass(Duration.ofSeconds(8));
        belief.confirm(ViewSource.WATCH, now - Duration.ofSeconds(3).toNanos());
        assertThat(belief.view().age()).isEqualTo(Duration.ofSeconds(3));

        belief.confirm(ViewSource.WATCH, now - Duration.ofSeconds(7).toNanos());
        assertThat(belief.view().age()).isEqualTo(Duration.ofSeconds(3));
    }
}
