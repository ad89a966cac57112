package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.fake.Samples;
import io.rollcall.client.watch.WatchEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WatchScreenTest {

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final ObjectNode JSON = JsonNodeFactory.instance.objectNode();

    private final StringWriter out = new StringWriter();
    private final WatchScreen view = view(new Screen(24, 100));

    private WatchScreen view(Screen screen) {
        return view(screen, false);
    }

    private WatchScreen view(Screen screen, boolean hasColours) {
        return new WatchScreen(new PrintWriter(out), screen, hasColours, "orders", () -> LocalTime.of(12, 3, 4));
    }

    private List<String> draw(WatchScreen screen) {
        out.getBuffer().setLength(0);
        screen.refresh();
        return out.toString().replaceAll("\033\\[[0-9]*[A-Z]", "").lines().toList();
    }

    private static WatchEvent snapshot(long index, Instance... instances) {
        return new WatchEvent.Snapshot(ORDERS, index, List.of(instances), JSON);
    }

    @Test
    void presentInstancesAreATableWithTheLatestChangesBelow() {
        view.onConnected(URI.create("http://n1:8500"));
        view.onEvent(snapshot(5, Samples.instance("o-1", 100), Samples.instance("o-2", 100)));
        view.onEvent(new WatchEvent.Change(
                ORDERS, 5, 9, List.of(Samples.instance("o-1", 7)), List.of(new InstanceId("o-2")), JSON));

        assertThat(draw(view))
                .containsExactly(
                        "orders  index 9  on http://n1:8500",
                        "",
                        "SERVICE  ID   ADDRESS                STATUS   VERSION  ZONE  WEIGHT",
                        "orders   o-1  http://127.0.0.1:9000  passing  1.2.0    a     7",
                        "",
                        "12:03:04  ~ orders/o-1  weight 100 -> 7",
                        "12:03:04  - orders/o-2  gone, or not selected any more");
    }

    @Test
    void nothingIsDrawnWhileNothingIsNew() {
        assertThat(draw(view)).containsExactly("orders  index 0  connecting", "", "nothing is known yet");
        view.onEvent(snapshot(5));

        assertThat(draw(view)).containsExactly("orders  index 5  connecting", "", "no instance");
        assertThat(draw(view)).isEmpty();

        view.onInterrupted("n1 is gone");
        view.onInterrupted("n2 is gone");
        assertThat(draw(view).get(0)).isEqualTo("orders  index 5  NO STREAM, trying on: n1 is gone");
    }

    @Test
    void whatDoesNotFitIsCounted() {
        var small = view(new Screen(10, 30));
        small.onEvent(snapshot(
                5,
                IntStream.range(0, 9)
                        .mapToObj(i -> Samples.instance("o-" + i, 100))
                        .toArray(Instance[]::new)));

        var lines = draw(small);

        assertThat(lines).hasSizeLessThan(10).last().isEqualTo("… and 5 more");
        assertThat(lines).allMatch(line -> line.length() <= 30);
    }

    @Test
    void coloursTakeNoRoom() {
        var coloured = view(new Screen(10, 42), true);
        coloured.onEvent(snapshot(5, Samples.instance("o-1", 100)));

        assertThat(draw(coloured).get(3)).isEqualTo("orders   o-1  http://127.0.0.1:9000  \033[32mpassi\033[0m");
    }

    @Test
    void sizeIsWhatTheLauncherSays() {
        assertThat(Screen.of(Map.of())).isNull();
        assertThat(Screen.of(Map.of(Screen.VARIABLE, "50 132"))).isEqualTo(new Screen(50, 132));
        assertThat(Screen.of(Map.of(Screen.VARIABLE, "0 0"))).isEqualTo(new Screen(24, 80));
        assertThat(Screen.of(Map.of(Screen.VARIABLE, "x"))).isEqualTo(new Screen(24, 80));
    }
}
