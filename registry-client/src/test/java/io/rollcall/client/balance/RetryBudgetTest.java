package io.rollcall.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {

    private final ManualTime time = new ManualTime();

    @Test
    void aFifthOfTheCallsMayBeRetried() {
        RetryBudget budget = budget(0.2, 0);
        assertThat(taken(budget)).isZero();
        call(budget, 4);
        assertThat(taken(budget)).isZero();
        call(budget, 1);
        assertThat(taken(budget)).isEqualTo(1);
        call(budget, 1_000);
        assertThat(taken(budget)).isEqualTo(200);
    }

    @Test
    void someASecondAreThereForThoseWhoCallLittle() {
        RetryBudget budget = budget(0.2, 10);

        assertThat(taken(budget)).isEqualTo(100);
    }

    @Test
    void callsAreForgottenAfterTenSeconds() {
        RetryBudget budget = budget(0.5, 0);
        call(budget, 100);
        time.pass(Duration.ofSeconds(9));
        assertThat(taken(budget)).isEqualTo(50);
        call(budget, 10);

        time.pass(Duration.ofSeconds(1));
        assertThat(taken(budget))
                .as("the retries are not forgotten with the calls")
                .isZero();
        time.pass(Duration.ofSeconds(9));
        call(budget, 10);
        assertThat(taken(budget)).isEqualTo(5);
        time.pass(Duration.ofDays(100));
        assertThat(taken(budget)).isZero();
    }

    @Test
    void slowCallersKeepTheirPart() {
        RetryBudget budget = budget(0.2, 0);
        int retried = 0;
        for (int second = 0; second < 1_000; second++) {
            call(budget, 1);
            retried += taken(budget);
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(retried).isBetween(180, 200);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> budget(-0.1, 0)).hasMessageContaining("budgetShare -0.1");
        assertThatThrownBy(() -> budget(0, -1)).hasMessageContaining("budgetPerSecond -1");
        assertThatThrownBy(() -> Retries.DEFAULT.withMaxAttempts(0)).hasMessageContaining("maxAttempts 0");
    }

    private RetryBudget budget(double share, int perSecond) {
        return new RetryBudget(time, Retries.DEFAULT.withBudget(share, perSecond));
    }

    private static void call(RetryBudget budget, int times) {
        for (int i = 0; i < times; i++) {
            budget.called();
        }
    }

    private static int taken(RetryBudget budget) {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }
}
