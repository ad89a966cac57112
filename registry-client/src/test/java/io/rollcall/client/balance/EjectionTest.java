package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class EjectionTest {

    private static final Duration BASE = Duration.ofSeconds(10);
    private static final Ejection RULE = Ejection.DEFAULT.withFailures(3).withDuration(BASE, Duration.ofSeconds(25));

    private final ManualTime time = new ManualTime();
    private List<Instance> list = Sample.many(4);
    private final BalancedCalls calls = calls(RULE);

    @Test
    void failuresInARowEject() {
        fail("i-1", 2);
        assertThat(picked()).contains("i-1");
        fail("i-1", 1);
        assertThat(picked()).containsExactly("i-0", "i-2", "i-3");
        assertThat(ejectedFor("i-1")).isEqualTo(BASE);
    }

    @Test
    void aSuccessInBetweenForgives() {
        for (int i = 0; i < 10; i++) {
            fail("i-1", 2);
            succeed("i-1");
        }

        assertThat(picked()).contains("i-1");
    }

    @Test
    void whatIsNotItsFaultSaysNothing() {
        for (int i = 0; i < 10; i++) {
            lease("i-1").failed(new IllegalStateException("order 7 is paid"));
            lease("i-1").failed(new InterruptedException());
            lease("i-1").close();
        }
        assertThat(picked()).contains("i-1");

        fail("i-1", 2);
        lease("i-1").failed(new IllegalStateException("neither good nor bad"));
        fail("i-1", 1);
        assertThat(picked()).doesNotContain("i-1");
    }

    @Test
    void itReturnsOnProbation() {
        fail("i-1", 3);
        time.pass(BASE.minusNanos(1));
        assertThat(picked()).doesNotContain("i-1");
        time.pass(Duration.ofNanos(1));
        assertThat(picked()).contains("i-1");

        fail("i-1", 1);

        assertThat(picked()).doesNotContain("i-1");
    }

    @Test
    void eachTimeInARowLastsLonger() {
        fail("i-1", 3);
        assertThat(ejectedFor("i-1")).isEqualTo(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(10));
        calls.pick();
        fail("i-1", 1);
        assertThat(ejectedFor("i-1")).isEqualTo(Duration.ofSeconds(20));
        time.pass(Duration.ofSeconds(20));
        calls.pick();
        fail("i-1", 1);
        assertThat(ejectedFor("i-1")).as("the most").isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void timeInServiceTakesItBack() {
        fail("i-1", 3);
        time.pass(BASE);
        calls.pick();
        fail("i-1", 1);
        time.pass(BASE.multipliedBy(2));
        calls.pick();
        succeed("i-1");

        time.pass(BASE.multipliedBy(2));
        fail("i-1", 3);

        assertThat(ejectedFor("i-1")).isEqualTo(BASE);
    }

    @Test
    void atMostTheShareIsOut() {
        list = Sample.many(10);
        for (int i = 0; i < 10; i++) {
            fail("i-" + i, 5);
        }

        assertThat(picked()).containsExactly("i-5", "i-6", "i-7", "i-8", "i-9");
    }

    @Test
    void oneMayAlwaysBeOutAndOneIsAlwaysLeft() {
        list = Sample.many(1);
        fail("i-0", 10);
        assertThat(picked()).containsExactly("i-0");

        list = Sample.many(2);
        BalancedCalls strict = calls(RULE.withMaxShare(0.01));
        for (int i = 0; i < 3; i++) {
            lease(strict, "i-0").failed(new IOException());
            lease(strict, "i-1").failed(new IOException());
        }
        assertThat(picked(strict)).containsExactly("i-1");

        assertThat(RULE.withMaxShare(1).allowed(7)).isEqualTo(6);
        assertThat(RULE.allowed(0)).isZero();
    }

    @Test
    void offEjectsNone() {
        BalancedCalls never = calls(Ejection.off());
        for (int i = 0; i < 100; i++) {
            lease(never, "i-1").failed(new IOException());
        }

        assertThat(picked(never)).contains("i-1");
    }

    @Test
    void listUpdatesChangeNothing() {
        fail("i-1", 3);
        fail("i-2", 2);

        list = Sample.list(
                Sample.of("new"), Sample.of("i-2").weight(50), Sample.of("i-1").weight(200), Sample.of("i-0"));

        assertThat(picked()).containsExactly("i-0", "i-2", "new");
        fail("i-2", 1);
        assertThat(picked()).as("no more than half").containsExactly("i-0", "new");
    }

    @Test
    void anotherIncarnationOrAddressBeginsAnew() {
        fail("i-1", 3);
        list = Sample.list(Sample.of("i-0"), Sample.of("i-1").incarnation(8), Sample.of("i-2"));
        assertThat(picked()).contains("i-1");

        fail("i-1", 3);
        list = Sample.list(Sample.of("i-0"), Sample.of("i-1").incarnation(8).port(9), Sample.of("i-2"));
        assertThat(picked()).contains("i-1");
    }

    /** Out of the list for a while, as one that flaps, it is not forgotten. */
    @Test
    void oneThatComesBackIsStillOut() {
        fail("i-1", 3);
        list = Sample.list(Sample.of("i-0"), Sample.of("i-2"));
        calls.pick();

        list = Sample.many(4);

        assertThat(picked()).doesNotContain("i-1");
    }

    @Test
    void aShorterListBringsBackThoseWhoWouldReturnFirst() {
        list = Sample.many(6);
        fail("i-1", 3);
        time.pass(Duration.ofSeconds(1));
        fail("i-2", 3);
        time.pass(Duration.ofSeconds(1));
        fail("i-3", 3);
        assertThat(picked()).containsExactly("i-0", "i-4", "i-5");

        list = Sample.many(4);

        assertThat(picked()).containsExactly("i-0", "i-1");
    }

    @Test
    void callsBegunBeforeTheEjectionTellNothingNew() {
        Lease success = lease("i-1");
        Lease failure = lease("i-1");
        time.pass(Duration.ofSeconds(1));
        fail("i-1", 3);

        success.succeeded();
        assertThat(picked()).doesNotContain("i-1");
        time.pass(BASE);
        calls.pick();
        failure.failed(new IOException("a timeout of long ago"));

        assertThat(picked()).contains("i-1");
    }

    /** Nothing else was left for a retry, and the call went well. */
    @Test
    void aSuccessAfterTheEjectionEndsIt() {
        Endpoint endpoint = endpoint(calls, "i-1");
        fail("i-1", 3);
        time.pass(Duration.ofSeconds(1));
        Lease last = new Lease(calls, endpoint, time.nanos());

        last.succeeded();

        assertThat(picked()).contains("i-1");
        fail("i-1", 2);
        assertThat(picked()).contains("i-1");
    }

    @Test
    void aLeaseEndsOnce() {
        Lease lease = lease("i-1");
        lease.failed(new IOException());
        lease.failed(new IOException());
        lease.failed(new IOException());
        lease.close();

        assertThat(picked()).contains("i-1");
        assertThat(calls.endpoints())
                .allSatisfy(state -> assertThat(state.inFlight()).isZero());
    }

    @Test
    void whatCountsAsAFailureCanBeSet() {
        Predicate<Throwable> all = failure -> true;
        BalancedCalls strict = calls(RULE.withFailureWhen(all));
        for (int i = 0; i < 3; i++) {
            lease(strict, "i-1").failed(new IllegalStateException("HTTP 500"));
        }

        assertThat(picked(strict)).doesNotContain("i-1");
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> RULE.withFailures(0)).hasMessageContaining("failures 0");
        assertThatThrownBy(() -> RULE.withMaxShare(1.5)).hasMessageContaining("maxShare 1.5");
        assertThatThrownBy(() -> RULE.withDuration(Duration.ZERO, BASE)).hasMessageContaining("base PT0S");
        assertThatThrownBy(() -> RULE.withDuration(BASE, Duration.ofSeconds(1))).hasMessageContaining("max PT1S");
    }

    private BalancedCalls calls(Ejection rule) {
        BalancedCallsBuilder builder = BalancedCalls.over(() -> list).balancer(LoadBalancer.roundRobin());
        return builder.ejection(rule).time(time).build();
    }

    private void fail(String id, int times) {
        Endpoint endpoint = endpoint(calls, id);
        for (int i = 0; i < times; i++) {
            new Lease(calls, endpoint, time.nanos()).failed(new IOException("connection reset"));
        }
    }

    private void succeed(String id) {
        lease(id).succeeded();
    }

    private Lease lease(String id) {
        return lease(calls, id);
    }

    private Lease lease(BalancedCalls of, String id) {
        return new Lease(of, endpoint(of, id), time.nanos());
    }

    private static Endpoint endpoint(BalancedCalls of, String id) {
        Set<String> others = new TreeSet<>();
        List<Lease> found = new ArrayList<>();
        while (true) {
            Lease lease = of.lease(PickContext.none());
            found.add(lease);
            if (lease.instance().key().id().value().equals(id)) {
                found.forEach(Lease::close);
                return lease.endpoint();
            }
            assertThat(others.add(lease.instance().key().id().value()))
                    .as("no " + id + " among " + others)
                    .isTrue();
        }
    }

    private Set<String> picked() {
        return picked(calls);
    }

    /** All that get calls, in order; each has its turn. */
    private static Set<String> picked(BalancedCalls of) {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 2 * of.endpoints().size(); i++) {
            ids.add(of.pick().key().id().value());
        }
        return ids;
    }

    private Duration ejectedFor(String id) {
        return calls.endpoints().stream()
                .filter(state -> state.instance().key().id().value().equals(id))
                .findFirst()
                .orElseThrow()
                .ejectedFor();
    }
}
