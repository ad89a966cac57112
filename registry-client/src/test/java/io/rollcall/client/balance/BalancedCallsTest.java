package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BalancedCallsTest {

    private final ManualTime time = new ManualTime();
    private List<Instance> list = Sample.many(4);
    private final BalancedCalls calls = builder().build();

    @Test
    void callsGoToTheInstancesOfTheListOfTheMoment() throws IOException {
        assertThat(called(calls, 40)).containsExactly("i-0", "i-1", "i-2", "i-3");

        list = Sample.many(2);
        assertThat(called(calls, 40)).containsExactly("i-0", "i-1");

        list = List.of();
        assertThatThrownBy(calls::pick).isInstanceOf(NoInstanceException.class);
        list = Sample.many(1);
        assertThat(called(calls, 40)).containsExactly("i-0");
    }

    @Test
    void anIdempotentCallIsMadeAgainElsewhere() throws IOException {
        List<String> tried = new ArrayList<>();

        String answer = calls.call(CallOptions.idempotent(), instance -> {
            tried.add(id(instance));
            if (tried.size() < 3) {
                throw new IOException("connection reset");
            }
            return "from " + id(instance);
        });

        assertThat(answer).isEqualTo("from " + tried.get(2));
        assertThat(tried).doesNotHaveDuplicates();
        assertNothingInFlight();
    }

    @Test
    void theLastFailureIsThrownWithThoseBefore() {
        List<Exception> thrown = new ArrayList<>();

        assertThatThrownBy(() -> calls.call(CallOptions.idempotent(), instance -> {
                    thrown.add(new IOException(id(instance)));
                    throw thrown.get(thrown.size() - 1);
                }))
                .isSameAs(thrown.get(2))
                .hasSuppressedException(thrown.get(0))
                .hasSuppressedException(thrown.get(1));
        assertThat(thrown).hasSize(3);
        assertNothingInFlight();
    }

    @Test
    void theSameInstanceIsNeverTriedTwice() {
        list = Sample.many(2);
        List<String> tried = new ArrayList<>();
        BalancedCalls many = builder()
                .retries(Retries.DEFAULT.withMaxAttempts(100))
                .ejection(Ejection.off())
                .build();

        for (int i = 0; i < 20; i++) {
            tried.clear();
            assertThatThrownBy(() -> many.call(CallOptions.idempotent(), instance -> {
                        tried.add(id(instance));
                        throw new ConnectException();
                    }))
                    .isInstanceOf(ConnectException.class);
            assertThat(tried).containsExactlyInAnyOrder("i-0", "i-1");
        }
    }

    @Test
    void aCallThatMayHaveBeenSeenIsNotRepeatedUnlessIdempotent() {
        List<String> tried = new ArrayList<>();

        assertThatThrownBy(() -> calls.call(instance -> {
                    tried.add(id(instance));
                    throw new IOException("connection reset");
                }))
                .isInstanceOf(IOException.class);

        assertThat(tried).hasSize(1);
    }

    @Test
    void aCallThatWasNeverSentIsMadeAgain() throws IOException {
        List<String> tried = new ArrayList<>();

        calls.call(instance -> {
            tried.add(id(instance));
            if (tried.size() == 1) {
                throw new ConnectException("refused");
            }
            return "";
        });

        assertThat(tried).hasSize(2);
    }

    @Test
    void otherExceptionsAreNotRepeated() {
        List<String> tried = new ArrayList<>();

        assertThatThrownBy(() -> calls.call(CallOptions.idempotent(), instance -> {
                    tried.add(id(instance));
                    throw new IllegalStateException("order 7 is paid");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(tried).hasSize(1);
        assertNothingInFlight();
    }

    @Test
    void anErrorEndsTheCallToo() {
        assertThatThrownBy(() -> calls.call(instance -> {
                    throw new AssertionError("a fault of the caller");
                }))
                .isInstanceOf(AssertionError.class);

        assertNothingInFlight();
    }

    /** All instances are down: each call is made once, and a fifth of them once more. */
    @Test
    void retriesDoNotMeltAService() {
        BalancedCalls poor = builder()
                .retries(Retries.DEFAULT.withBudget(0.2, 0))
                .ejection(Ejection.off())
                .build();
        int[] made = {0};

        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> poor.call(CallOptions.idempotent(), instance -> {
                        made[0]++;
                        throw new ConnectException();
                    }))
                    .isInstanceOf(ConnectException.class);
        }

        assertThat(made[0]).isEqualTo(1_200);
    }

    @Test
    void failuresEject() {
        BalancedCalls strict =
                builder().ejection(Ejection.DEFAULT.withFailures(1)).build();

        assertThatThrownBy(() -> strict.call(instance -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);

        assertThat(strict.endpoints().stream().map(EndpointState::standing)).containsOnlyOnce(Standing.EJECTED);
    }

    @Test
    void whatIsInFlightIsShown() throws IOException {
        calls.call(instance -> {
            assertThat(calls.endpoints())
                    .filteredOn(state -> state.inFlight() == 1)
                    .singleElement()
                    .satisfies(state -> assertThat(state.instance()).isSameAs(instance));
            return "";
        });

        assertNothingInFlight();
    }

    @Test
    void aKeyGoesToTheSameInstance() throws IOException {
        BalancedCalls sharded =
                builder().balancer(LoadBalancer.consistentHashing()).build();
        CallOptions options = CallOptions.once().withKey("user-42");
        String first = sharded.call(options, BalancedCallsTest::id);

        for (int i = 0; i < 20; i++) {
            assertThat(sharded.<String, RuntimeException>call(options, BalancedCallsTest::id))
                    .isEqualTo(first);
        }
    }

    @Test
    void weightZeroTakesNothingEvenIfAllHaveIt() throws IOException {
        list = Sample.list(Sample.of("a").weight(0), Sample.of("b").weight(1));
        assertThat(called(calls, 20)).containsExactly("b");

        list = Sample.list(Sample.of("a").weight(0), Sample.of("b").weight(0));
        assertThatThrownBy(calls::pick).hasMessage("no instance to call: 2 known, of them 2 of weight 0");
    }

    @Test
    void suspectOnesAreLeftOutWhileEnoughOthersAreThere() throws IOException {
        list = Sample.list(Sample.of("a").suspected(), Sample.of("b"), Sample.of("c"));
        assertThat(called(calls, 20)).containsExactly("b", "c");

        list = Sample.list(Sample.of("a").suspected(), Sample.of("b").suspected(), Sample.of("c"));
        assertThat(called(calls, 20)).containsExactly("c");

        list = Sample.list(Sample.of("a").suspected(), Sample.of("b").suspected());
        assertThat(called(calls, 20)).containsExactly("a", "b");
    }

    /** The registry doubts four of five: rather itself, and the fifth could not bear the calls of all. */
    @Test
    void manySuspectsAreBelieved() throws IOException {
        list = Sample.list(
                Sample.of("a").suspected(),
                Sample.of("b").suspected(),
                Sample.of("c").suspected(),
                Sample.of("d").suspected(),
                Sample.of("e"));
        assertThat(called(calls, 50)).containsExactly("a", "b", "c", "d", "e");

        assertThat(called(builder().minTrustedPart(0).build(), 20)).containsExactly("e");
    }

    @Test
    void aWarningHalvesTheShare() {
        list = Sample.list(Sample.of("a").status(InstanceStatus.WARNING), Sample.of("b"));

        long toA = IntStream.range(0, 300)
                .filter(i -> id(calls.pick()).equals("a"))
                .count();

        assertThat(toA).isEqualTo(100);
    }

    @Test
    void theExceptionSaysWhyEachIsOut() {
        list = Sample.list(
                Sample.of("a").status(InstanceStatus.CRITICAL),
                Sample.of("b").status(InstanceStatus.DRAINING),
                Sample.of("c").weight(0),
                Sample.of("d"));
        PickContext context =
                PickContext.none().excluding(calls.lease(PickContext.none()).endpoint());

        assertThatThrownBy(() -> calls.pick(context))
                .isInstanceOfSatisfying(NoInstanceException.class, e -> {
                    assertThat(e.known()).isEqualTo(4);
                    assertThat(e.standings()).containsEntry(Standing.NOT_SERVING, 2);
                })
                .hasMessage("no instance to call: 4 known, of them 1 excluded, 2 not passing, 1 of weight 0");

        list = List.of();
        assertThatThrownBy(calls::pick).hasMessage("no instance to call: none is known");
    }

    private BalancedCallsBuilder builder() {
        return BalancedCalls.over(() -> list).time(time);
    }

    private void assertNothingInFlight() {
        assertThat(calls.endpoints())
                .allSatisfy(state -> assertThat(state.inFlight()).isZero());
    }

    private static Set<String> called(BalancedCalls calls, int times) throws IOException {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < times; i++) {
            ids.add(calls.call(BalancedCallsTest::id));
        }
        return ids;
    }

    private static String id(Instance instance) {
        return instance.key().id().value();
    }
}
