package io.rollcall.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class FilterRandomTest {

    private static final int EXPRESSIONS = 3_000;
    private static final int INSTANCES = 20;
    private static final String ALPHABET = "()[]\"'`\\=!<>&|,.-_ \t\n\u0000aznot019\u00fc\ud83d\ude00^*{}";

    private final long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomExpressions expressions = new RandomExpressions(random);

    @BeforeEach
    void printTheSeed(TestReporter reporter) {
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
    }

    @Test
    void expressionsMeanWhatPlainJavaSays() {
        List<Instance> instances = instances();

        for (int i = 0; i < EXPRESSIONS; i++) {
            RandomExpressions.Sample sample = expressions.expression(random.nextInt(4));
            if (sample.text().length() > Filter.MAX_LENGTH) {
                continue;
            }

            Filter filter = Filter.parse(sample.text());

            for (Instance instance : instances) {
                assertThat(filter.matches(instance))
                        .as("seed %d: %s of %s", seed, sample.text(), instance)
                        .isEqualTo(sample.meaning().test(instance));
            }
        }
    }

    @Test
    void canonicalTextsParseToEqualFilters() {
        List<Instance> instances = instances();

        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = expressions.expression(random.nextInt(4)).text();
            if (text.length() <= Filter.MAX_LENGTH) {
                assertRoundTrip(Filter.parse(text), instances);
            }
        }
    }

    @Test
    void damagedExpressionsAreTakenOrRefusedWithAPosition() {
        List<Instance> instances = instances();
        int taken = 0;

        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = damaged(expressions.expression(random.nextInt(3)).text());
            try {
                assertRoundTrip(Filter.parse(text), instances);
                taken++;
            } catch (InvalidRequestException e) {
                assertThat(e.violations()).as("seed %d: %s", seed, text).hasSize(1);
                if (!text.isBlank() && text.length() <= Filter.MAX_LENGTH) {
                    assertThat(e.violations().get(0).position())
                            .as("seed %d: %s", seed, text)
                            .isBetween(0, text.length());
                }
            }
        }

        assertThat(taken).as("seed %d", seed).isBetween(EXPRESSIONS / 100, EXPRESSIONS * 9 / 10);
    }

    private void assertRoundTrip(Filter filter, List<Instance> instances) {
        if (filter.text().length() > Filter.MAX_LENGTH) {
            return;
        }
        Filter again = Filter.parse(filter.text());

        assertThat(again).as("seed %d: %s", seed, filter).isEqualTo(filter);
        for (Instance instance : instances) {
            assertThat(again.matches(instance)).as("seed %d: %s", seed, filter).isEqualTo(filter.matches(instance));
        }
    }

    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int at = random.nextInt(damaged.length() + 1);
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> damaged.insert(at, c);
                case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(4)));
                default -> damaged.replace(at, Math.min(damaged.length(), at + 1), Character.toString(c));
            }
        }
        return damaged.toString();
    }

    private List<Instance> instances() {
        return IntStream.range(0, INSTANCES)
                .mapToObj(i -> expressions.instance())
                .toList();
    }
}
