package io.rollcall.chaos.history;

import static io.rollcall.chaos.history.Writes.ORDERS_1;
import static io.rollcall.chaos.history.Writes.deregistered;
import static io.rollcall.chaos.history.Writes.done;
import static io.rollcall.chaos.history.Writes.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check must find lost, doubled, resurrected and phantom writes, and let unknown ones be either way. */
final class StateModelTest {

    private static final Map<InstanceRef, InstanceState> NOTHING = Map.of();

    private final StateModel model = new StateModel();

    @Test
    void anAcknowledgedRegistrationIsThereAsItWasAnswered() {
        model.record(done("a", 0, 1, 7));

        assertThat(model.compare("n1", showing("a", 7))).isEmpty();
        assertThat(model.registered()).isEqualTo(1);
    }

    @Test
    void aLostRegistrationIsFound() {
        model.record(done("a", 0, 1, 7));

        assertThat(model.compare("n1", NOTHING)).singleElement().asString().contains("orders/o-1", "n1");
    }

    @Test
    void aRegistrationThatWasAppliedAgainIsFoundByItsIncarnation() {
        model.record(done("a", 0, 1, 7));

        assertThat(model.compare("n1", showing("a", 9))).hasSize(1);
    }

    @Test
    void anOlderRegistrationIsFound() {
        model.record(done("a", 0, 1, 7));
        model.record(done("b", 2, 3, 8));

        assertThat(model.compare("n1", showing("a", 7))).hasSize(1);
    }

    @Test
    void aResurrectionIsFound() {
        model.record(done("a", 0, 1, 7));
        model.record(deregistered("b", 8));

        assertThat(model.compare("n1", NOTHING)).isEmpty();
        assertThat(model.compare("n1", showing("a", 7))).hasSize(1);
    }

    @Test
    void aPhantomIsFound() {
        assertThat(model.compare("n1", showing("never-sent", 1))).hasSize(1);
    }

    @Test
    void aWriteThatWasCertainlyNotDoneMustNotBeSeen() {
        model.record(undecided("a", true, Verdict.NOT_DONE));

        assertThat(model.compare("n1", NOTHING)).isEmpty();
        assertThat(model.compare("n1", showing("a", 7))).hasSize(1);
    }

    @Test
    void anUnknownWriteMayBeSeenOrNot() {
        model.record(done("a", 0, 1, 7));
        model.record(undecided("b", false, Verdict.UNKNOWN));

        assertThat(model.compare("n1", showing("a", 7))).isEmpty();
        assertThat(model.compare("n2", NOTHING)).isEmpty();
    }

    @Test
    void anUnknownWriteThatWasSeenMustNotVanish() {
        model.record(undecided("a", true, Verdict.UNKNOWN));

        assertThat(model.compare("n1", showing("a", 7))).isEmpty();
        assertThat(model.compare("n2", NOTHING)).hasSize(1);
    }

    private static Map<InstanceRef, InstanceState> showing(String mark, long incarnation) {
        return Map.of(ORDERS_1, new InstanceState(mark, incarnation));
    }
}
