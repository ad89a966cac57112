package io.rollcall.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class InstancesTest {

    @Test
    void instancesAreOfTheStatedSize() throws Exception {
        for (var n : new long[] {0, 9_999, 12_345_678}) {
            var json = Instances.json(Instances.service("orders", n), Instances.id("orders", n), n);

            assertThat(json.length()).isBetween(350, 450);
            assertThat(new ObjectMapper().readTree(json).path("host").asText()).startsWith("10.");
        }
    }

    @Test
    void tenInstancesShareAService() {
        assertThat(Instances.id("orders", 29)).isEqualTo("orders-000002-9");
        assertThat(Instances.service("orders", 30)).isEqualTo("orders-000003");
    }
}
