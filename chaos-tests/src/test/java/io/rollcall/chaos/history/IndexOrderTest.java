package io.rollcall.chaos.history;

import static io.rollcall.chaos.history.Writes.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The check must find what is wrong in histories that are known to be wrong, and nothing in right ones. */
final class IndexOrderTest {

    @Test
    void writesOneAfterTheOtherWithRisingIndexesAreRight() {
        var history = List.of(done("a", 0, 10, 1), done("b", 11, 20, 2), done("c", 21, 30, 3));

        assertThat(IndexOrder.violations(history)).isEmpty();
    }

    @Test
    void concurrentWritesMayHaveTheirIndexesEitherWay() {
        var history = List.of(done("a", 0, 10, 2), done("b", 5, 20, 1), done("c", 10, 30, 3));

        assertThat(IndexOrder.violations(history)).isEmpty();
    }

    @Test
    void aWriteThatBeganLaterMustNotHaveTheLowerIndex() {
        var history = List.of(done("a", 0, 10, 5), done("b", 2, 50, 3), done("c", 11, 20, 4));

        assertThat(IndexOrder.violations(history)).singleElement().asString().contains("c has index 4");
    }

    @Test
    void oneIndexForTwoWritesIsFound() {
        var history = List.of(done("a", 0, 10, 5), done("b", 0, 10, 5));

        assertThat(IndexOrder.violations(history))
                .singleElement()
                .asString()
                .contains("index 5 was given to a and to b");
    }

    @Test
    void anAcknowledgementWithoutIndexIsFound() {
        assertThat(IndexOrder.violations(List.of(done("a", 0, 10, -1)))).isNotEmpty();
    }
}
