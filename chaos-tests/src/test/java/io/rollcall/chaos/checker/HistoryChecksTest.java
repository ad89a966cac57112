package io.rollcall.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.history.HistoryFile;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Observation.Action;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check finds what it is there for, and nothing in a history that is right. */
final class HistoryChecksTest {

    private static final InstanceRef KEY = new InstanceRef("s", "k");

    private final List<Observation> history = new ArrayList<>();
    private long clock;
    private Map<String, Long> incarnations = Map.of();

    @Test
    void rightHistoryHasNoFindings() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        read("c2", "n2", "a", 1, true);
        write("c2", Action.SWAP, "b", "a", Verdict.DONE, 2);
        write("c1", Action.SWAP, "c", "a", Verdict.REFUSED, -1);
        read("c1", "n1", "a", 1, false);
        list("c2", "n1", Map.of("k", "b"), 2, true);
        write("c1", Action.DEREGISTER, "d", Verdict.DONE, 3);
        write("c1", Action.DEREGISTER, "e", Verdict.REFUSED, -1);
        finalList("n1", Map.of(), 3);

        var findings = HistoryChecks.check(history);

        assertThat(findings.violations()).isEmpty();
        assertThat(findings.figure(Figure.ACKNOWLEDGED)).isEqualTo(9);
        assertThat(findings.figure(Figure.ACKNOWLEDGED_WRITES)).isEqualTo(3);
        assertThat(findings.figure(Figure.KEYS_CHECKED)).isEqualTo(1);
        assertThat(findings.figure(Figure.OPERATIONS_CHECKED)).isEqualTo(8);
        assertThat(findings.figure(Figure.READS_AT_INDEX_CHECKED)).isEqualTo(4);
    }

    @Test
    void lostWriteIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.DONE, 2);
        finalList("n2", Map.of("k", "a"), 5);

        assertFound(Figure.LOST, Figure.KEYS_NOT_LINEARIZABLE);
    }

    @Test
    void staleLinearizableReadIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.DONE, 2);
        // At its own index the answer is right: only the order in time shows it.
        read("c2", "n2", "a", 1, true);

        assertFound(Figure.KEYS_NOT_LINEARIZABLE);
    }

    @Test
    void staleLinearizableListIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.DONE, 2);
        list("c2", "n2", Map.of("k", "a"), 1, true);
        read("c1", "n1", "b", 2, true);

        assertFound(Figure.KEYS_NOT_LINEARIZABLE);
    }

    @Test
    void twoWinnersOfOneSwapAreFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.SWAP, "b", "a", Verdict.DONE, 2);
        write("c2", Action.SWAP, "c", "a", Verdict.DONE, 3);

        assertFound(Figure.KEYS_NOT_LINEARIZABLE);
    }

    @Test
    void staleReadThatIsWrongAtItsIndexIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.DONE, 2);
        read("c2", "n2", "a", 2, false);

        assertFound(Figure.READS_AT_INDEX_WRONG);
    }

    @Test
    void staleListThatMissesAnInstanceIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        list("c2", "n2", Map.of(), 1, false);

        assertFound(Figure.READS_AT_INDEX_WRONG);
    }

    @Test
    void unknownWriteMayBeSeenOrNot() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.UNKNOWN, -1);
        read("c2", "n2", "a", 1, true);
        read("c2", "n2", "b", 2, true);
        finalList("n1", Map.of("k", "b"), 2);

        assertThat(HistoryChecks.check(history).violations()).isEmpty();
    }

    @Test
    void refusedWriteThatHappenedIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.NOT_DONE, -1);
        read("c2", "n2", "b", 2, true);

        assertFound(Figure.DISHONEST, Figure.KEYS_NOT_LINEARIZABLE, Figure.READS_AT_INDEX_WRONG);
    }

    @Test
    void indexGivenTwiceIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 4);
        write("c1", Action.REGISTER, "b", Verdict.DONE, 4);

        assertThat(HistoryChecks.check(history).figure(Figure.INDEX_ORDER_VIOLATIONS))
                .isPositive();
    }

    @Test
    void sessionThatGoesBackIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        write("c1", Action.REGISTER, "b", Verdict.DONE, 2);
        read("c2", "n2", "b", 2, false);
        read("c2", "n2", "a", 1, false);

        assertFound(Figure.SESSION_REGRESSIONS);
    }

    @Test
    void readBelowTheIndexThatItWaitedForIsFound() {
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        add(observation("c2", "n2", Action.READ, "", "", Verdict.DONE, -1, 1, 7, Map.of("k", "a"), false));

        assertFound(Figure.SESSION_REGRESSIONS);
    }

    @Test
    void registrationAppliedTwiceIsFound() {
        incarnations = Map.of("k", 1L);
        write("c1", Action.REGISTER, "a", Verdict.DONE, 1);
        read("c2", "n2", "a", 1, true);
        incarnations = Map.of("k", 2L);
        read("c2", "n2", "a", 2, true);

        assertFound(Figure.DOUBLED);
    }

    @Test
    void savedHistoryIsTheSame(@TempDir Path folder) {
        write("c1", Action.SWAP, "b", "a", Verdict.REFUSED, -1);
        list("c2", "n2", Map.of("k", "a", "l", "x"), 1, false);
        var file = folder.resolve("sub").resolve("history.jsonl.gz");

        HistoryFile.write(file, history);

        assertThat(HistoryFile.read(file)).isEqualTo(history);
    }

    private void assertFound(Figure... figures) {
        var findings = HistoryChecks.check(history);
        assertThat(findings.figures().entrySet().stream()
                        .filter(entry -> entry.getKey().mustBeZero() && entry.getValue() > 0)
                        .map(Map.Entry::getKey))
                .as("%s", findings.violations())
                .containsExactlyInAnyOrder(figures);
    }

    private void write(String client, Action action, String value, Verdict verdict, long index) {
        write(client, action, value, "", verdict, index);
    }

    private void write(String client, Action action, String value, String expected, Verdict verdict, long index) {
        add(observation(client, "n1", action, value, expected, verdict, index, index, 0, Map.of(), false));
    }

    private void read(String client, String node, String value, long applied, boolean linearizable) {
        add(observation(
                client,
                node,
                Action.READ,
                "",
                "",
                Verdict.DONE,
                applied,
                applied,
                0,
                Map.of("k", value),
                linearizable));
    }

    private void list(String client, String node, Map<String, String> seen, long applied, boolean linearizable) {
        add(observation(client, node, Action.LIST, "", "", Verdict.DONE, applied, applied, 0, seen, linearizable));
    }

    private void finalList(String node, Map<String, String> seen, long applied) {
        list(Observation.FINAL + node, node, seen, applied, true);
    }

    private void add(Observation observation) {
        history.add(observation);
    }

    private Observation observation(
            String client,
            String node,
            Action action,
            String value,
            String expected,
            Verdict verdict,
            long index,
            long applied,
            long minIndex,
            Map<String, String> seen,
            boolean linearizable) {
        var target = action == Action.LIST ? new InstanceRef(KEY.service(), "") : KEY;
        long called = ++clock;
        return new Observation(
                client,
                node,
                action,
                target,
                value,
                expected,
                linearizable,
                minIndex,
                verdict,
                called,
                ++clock,
                1,
                index,
                applied,
                incarnations,
                seen,
                "");
    }
}
