package io.rollcall.cli.demo;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusChangesTest {

    @Test
    void tellsFromWhatToWhatAndWhy() {
        assertThat(lastChange(page(7, o1()), page(8, critical(o1(), "silent for 5 s"))))
                .isEqualTo("o-1  passing -> critical  (silent for 5 s)");
    }

    @Test
    void tellsOfOneThatIsHeldBack() {
        assertThat(lastChange(page(7, o1()), page(8, o1().replace("\"suspect\":false", "\"suspect\":true"))))
                .isEqualTo("o-1  passing -> passing, suspect  (no check)");
    }

    @Test
    void tellsOfOneThatComesAndGoesAndComesAgain() {
        assertThat(lastChange(page(6), page(7, o1()))).isEqualTo("o-1 registered: passing");
        assertThat(lastChange(page(7, o1()), page(8))).isEqualTo("o-1 is not registered any more");
        assertThat(lastChange(page(7, o1()), page(9, o1().replace("\"incarnation\":7", "\"incarnation\":9"))))
                .isEqualTo("o-1 registered anew: passing");
    }

    @Test
    void aNodeThatIsBehindTellsNothing() {
        assertThat(changes(page(8, critical(o1(), "")), page(7, o1()))).isEmpty();
    }

    @Test
    void whatIsNotOnTheFirstPageIsNotGone() {
        assertThat(changes(page(7, o1()), "{\"index\":8,\"instances\":[],\"cursor\":\"next\"}"))
                .isEmpty();
    }

    @Test
    void withoutAnAnswerThereIsNoChange() {
        try (FakeNode node = new FakeNode(answer(200, page(7, o1())), problem(503, "not-ready"));
                RegistryClient registry = client(node)) {
            StatusChanges changes = new StatusChanges(registry);
            changes.take();

            assertThat(changes.take()).isEmpty();
            assertThat(changes.isPassing(Samples.KEY)).isTrue();
        }
    }

    private static String lastChange(String before, String after) {
        List<String> changes = changes(before, after);
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static List<String> changes(String before, String after) {
        try (FakeNode node = new FakeNode(answer(200, before), answer(200, after));
                RegistryClient registry = client(node)) {
            StatusChanges changes = new StatusChanges(registry);
            changes.take();
            return changes.take();
        }
    }

    private static RegistryClient client(FakeNode node) {
        return RegistryClient.builder()
                .server(node.url())
                .deadline(Duration.ofMillis(300))
                .build();
    }

    private static String page(long index, String... instances) {
        return "{\"index\":" + index + ",\"instances\":[" + String.join(",", instances) + "]}";
    }

    private static String o1() {
        return Samples.json("o-1");
    }

    private static String critical(String instance, String reason) {
        return instance.replace("\"status\":\"passing\"", "\"status\":\"critical\"")
                .replace("\"no check\"", "\"" + reason + "\"");
    }
}
