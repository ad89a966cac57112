package io.rollcall.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.checker.InstanceModel.Answer;
import io.rollcall.chaos.checker.InstanceModel.Ask;
import io.rollcall.chaos.checker.InstanceModel.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories that must pass, and such that must not: a checker that finds nothing may be one that cannot. */
final class LinearizabilityCheckerTest {

    private static final Answer DONE = new Answer.Done();
    private static final Answer REFUSED = new Answer.Refused();

    /**
     * Ample for a random history of 100: of 400,000 such, 44 took over 100,000 steps, 10 over 200,000, three over 400,000 and
     * none over a million.
     */
    private static final long STEPS_RANDOM = 20_000_000;

    private final List<Operation<Ask, Answer>> history = new ArrayList<>();

    private static LinearizabilityChecker<State, Ask, Answer> checker(long maxSteps) {
        return new LinearizabilityChecker<>(new InstanceModel(), maxSteps);
    }

    private void did(Ask ask, Answer answer, long call, long end) {
        history.add(new Operation<>("c" + history.size(), ask, answer, call, end));
    }

    private void put(String value, long call, long end) {
        did(new Ask.Put(value), DONE, call, end);
    }

    private void remove(boolean existed, long call, long end) {
        did(new Ask.Remove(), new Answer.Removed(existed), call, end);
    }

    private void read(String seen, long call, long end) {
        did(new Ask.Read(), new Answer.Seen(seen), call, end);
    }

    private void unknownPut(String value, long call) {
        history.add(Operation.unknown("c" + history.size(), new Ask.Put(value), call));
    }

    private void assertHolds() {
        assertThat(checker(10_000).check(history)).isInstanceOf(Linearizability.Holds.class);
    }

    private void assertViolated() {
        assertThat(checker(10_000).check(history)).isInstanceOf(Linearizability.Violated.class);
    }

    @Test
    void nothingHolds() {
        assertHolds();
    }

    @Test
    void aReadDuringAWriteMaySeeEither() {
        put("a", 0, 1);
        put("b", 10, 20);
        read("a", 12, 14);
        read("b", 15, 16);
        assertHolds();
    }

    @Test
    void whatEndsAndBeginsAtOneMomentMayHaveMet() {
        put("a", 0, 10);
        read(null, 10, 20);
        assertHolds();
    }

    @Test
    void anUnknownWriteMayBeSeenLate() {
        put("a", 0, 1);
        unknownPut("b", 2);
        read("a", 10, 11);
        read("b", 20, 21);
        assertHolds();
    }

    @Test
    void anUnknownWriteMayNeverHappen() {
        put("a", 0, 1);
        unknownPut("b", 2);
        read("a", 10, 11);
        remove(true, 20, 21);
        read(null, 30, 31);
        assertHolds();
    }

    @Test
    void ofTwoSwapsFromOneValueOneMayWin() {
        put("a", 0, 1);
        did(new Ask.Swap("a", "b"), DONE, 10, 20);
        did(new Ask.Swap("a", "c"), REFUSED, 10, 20);
        read("b", 30, 31);
        assertHolds();
    }

    @Test
    void theOrderThatExplainsItIsTold() {
        put("a", 0, 30);
        put("b", 0, 30);
        read("b", 10, 11);
        read("a", 20, 21);

        var verdict = checker(10_000).check(history);

        assertThat(((Linearizability.Holds<Ask, Answer>) verdict).order())
                .containsExactly(history.get(1), history.get(2), history.get(0), history.get(3));
    }

    @Test
    void aStaleReadAfterANewerAcknowledgementIsFound() {
        put("a", 0, 1);
        put("b", 2, 3);
        read("a", 4, 5);
        assertViolated();
    }

    @Test
    void aLostAcknowledgedWriteIsFound() {
        put("a", 0, 1);
        read(null, 2, 3);
        assertViolated();
    }

    @Test
    void newThenOldDuringOneWriteIsFound() {
        put("a", 0, 1);
        put("b", 10, 100);
        read("b", 20, 21);
        read("a", 30, 31);
        assertViolated();
    }

    @Test
    void anUnknownWriteThatIsSeenAndVanishesIsFound() {
        put("a", 0, 1);
        unknownPut("b", 2);
        read("b", 10, 11);
        read("a", 20, 21);
        assertViolated();
    }

    @Test
    void aRefusedWriteThatIsSeenIsFound() {
        put("a", 0, 1);
        did(new Ask.Swap("x", "b"), REFUSED, 2, 3);
        read("b", 4, 5);
        assertViolated();
    }

    @Test
    void twoSwapsFromOneValueThatBothWinAreFound() {
        put("a", 0, 1);
        did(new Ask.Swap("a", "b"), DONE, 10, 20);
        did(new Ask.Swap("a", "c"), DONE, 10, 20);
        assertViolated();
    }

    @Test
    void aResurrectionAfterADeregistrationIsFound() {
        put("a", 0, 1);
        remove(true, 2, 3);
        read("a", 4, 5);
        assertViolated();
    }

    @Test
    void aRepeatedDeregistrationThatRemovesTwiceIsFound() {
        put("a", 0, 1);
        remove(true, 2, 3);
        remove(true, 4, 5);
        assertViolated();
    }

    @Test
    void anOldRegistrationThatIsAppliedAgainIsFound() {
        put("a", 0, 1);
        put("b", 2, 3);
        read("b", 4, 5);
        read("a", 6, 7);
        assertViolated();
    }

    @Test
    void aValueThatNobodyWroteIsFound() {
        put("a", 0, 1);
        read("phantom", 2, 3);
        assertViolated();
    }

    @Test
    void theLongestOrderPointsToThePlace() {
        put("a", 0, 1);
        read("a", 2, 3);
        read("phantom", 4, 5);
        read("a", 6, 7);

        var verdict = checker(10_000).check(history);

        assertThat(((Linearizability.Violated<Ask, Answer>) verdict).longest())
                .containsExactly(history.get(0), history.get(1));
    }

    @Test
    void aSearchThatIsGivenUpIsNoPass() {
        put("a", 0, 1);
        put("b", 2, 3);

        assertThat(checker(1).check(history)).isEqualTo(new Linearizability.Undecided<Ask, Answer>(1));
    }

    /** An object that works, used by five clients at once, some of whose answers are lost. */
    private static List<Operation<Ask, Answer>> random(SplittableRandom random, int operations) {
        record Planned(Ask ask, String client, long call, long moment, long end, boolean lost) {}
        var planned = new ArrayList<Planned>();
        long[] free = new long[5];
        for (var i = 0; i < operations; i++) {
            var client = random.nextInt(free.length);
            var call = free[client] + random.nextInt(1, 50);
            var moment = call + random.nextInt(1, 100);
            var end = moment + random.nextInt(1, 100);
            free[client] = end;
            var value = "v" + i;
            Ask ask = switch (random.nextInt(6)) {
                case 0 -> new Ask.Remove();
                case 1, 2 -> new Ask.Put(value);
                case 3 -> new Ask.Swap(random.nextBoolean() ? null : "v" + random.nextInt(i + 1), value);
                default -> new Ask.Read();
            };
            var lost = !(ask instanceof Ask.Read) && random.nextInt(30) == 0;
            planned.add(new Planned(ask, "c" + client, call, moment, end, lost));
        }
        planned.sort(Comparator.comparingLong(Planned::moment));
        var model = new InstanceModel();
        var state = model.initial();
        var history = new ArrayList<Operation<Ask, Answer>>();
        for (var each : planned) {
            var answer = answer(state, each.ask);
            state = model.step(state, each.ask, answer);
            history.add(
                    each.lost
                            ? Operation.unknown(each.client, each.ask, each.call)
                            : new Operation<>(each.client, each.ask, answer, each.call, each.end));
        }
        return history;
    }

    private static Answer answer(State state, Ask ask) {
        if (ask instanceof Ask.Swap swap) {
            return Objects.equals(swap.expected(), state.value()) ? DONE : REFUSED;
        }
        if (ask instanceof Ask.Remove) {
            return new Answer.Removed(state.value() != null);
        }
        return ask instanceof Ask.Read ? new Answer.Seen(state.value()) : DONE;
    }

    @Test
    void randomHistoriesOfAnObjectThatWorksHoldAndCorruptedOnesDoNot() {
        var seed = Long.getLong("rollcall.test.seed", new SplittableRandom().nextLong());
        var random = new SplittableRandom(seed);
        for (var round = 0; round < 200; round++) {
            var good = random(random, 100);
            assertThat(checker(STEPS_RANDOM).check(good))
                    .as("round %d, seed %d", round, seed)
                    .isInstanceOf(Linearizability.Holds.class);

            var bad = new ArrayList<>(good);
            var reads = good.stream()
                    .filter(operation -> operation.input() instanceof Ask.Read)
                    .toList();
            var read = reads.get(random.nextInt(reads.size()));
            bad.set(
                    good.indexOf(read),
                    new Operation<>(
                            read.client(),
                            read.input(),
                            new Answer.Seen("phantom"),
                            read.callNanos(),
                            read.returnNanos()));
            assertThat(checker(STEPS_RANDOM).check(bad))
                    .as("round %d, seed %d", round, seed)
                    .isInstanceOf(Linearizability.Violated.class);
        }
    }

    @Test
    void agreesWithTryingEveryOrder() {
        var seed = Long.getLong("rollcall.test.seed", new SplittableRandom().nextLong());
        var random = new SplittableRandom(seed);
        var held = 0;
        for (var round = 0; round < 20_000; round++) {
            var few = few(random);
            var holds = holdsInSomeOrder(few, new InstanceModel().initial());
            assertThat(checker(10_000).check(few))
                    .as("round %d, seed %d: %s", round, seed, few)
                    .isInstanceOf(holds ? Linearizability.Holds.class : Linearizability.Violated.class);
            held += holds ? 1 : 0;
        }
        // If all were alike, nothing would be compared.
        assertThat(held).isBetween(2_000, 18_000);
    }

    /** Up to seven operations of two values with answers by chance, many at once, a third of them without one. */
    private static List<Operation<Ask, Answer>> few(SplittableRandom random) {
        var few = new ArrayList<Operation<Ask, Answer>>();
        for (var i = random.nextInt(1, 8); i > 0; i--) {
            Ask ask = switch (random.nextInt(4)) {
                case 0 -> new Ask.Remove();
                case 1 -> new Ask.Put(oneOfTwo(random));
                case 2 -> new Ask.Swap(random.nextBoolean() ? null : oneOfTwo(random), oneOfTwo(random));
                default -> new Ask.Read();
            };
            long call = random.nextInt(20);
            few.add(
                    random.nextInt(3) == 0
                            ? Operation.unknown("c" + i, ask, call)
                            : new Operation<>(
                                    "c" + i,
                                    ask,
                                    answer(new State(random.nextBoolean() ? null : oneOfTwo(random)), ask),
                                    call,
                                    call + random.nextInt(15)));
        }
        return few;
    }

    private static String oneOfTwo(SplittableRandom random) {
        return random.nextBoolean() ? "a" : "b";
    }

    private static boolean holdsInSomeOrder(List<Operation<Ask, Answer>> left, State state) {
        if (left.stream().allMatch(Operation::isUnknown)) {
            return true;
        }
        for (var next : left) {
            var after = new InstanceModel().step(state, next.input(), next.output());
            if (after != null && left.stream().noneMatch(other -> other.returnNanos() < next.callNanos())) {
                var rest = new ArrayList<>(left);
                rest.remove(next);
                if (holdsInSomeOrder(rest, after)) {
                    return true;
                }
            }
        }
        return false;
    }
}
