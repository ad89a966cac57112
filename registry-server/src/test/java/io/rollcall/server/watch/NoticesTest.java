package io.rollcall.server.watch;

import static io.rollcall.server.telemetry.RecordedSpans.SAMPLED;
import static io.rollcall.server.telemetry.RecordedSpans.attributes;
import static io.rollcall.server.telemetry.RecordedSpans.traceParent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.LinkData;
import io.rollcall.server.query.Selection;
import io.rollcall.server.telemetry.RecordedSpans;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeTrace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told by spans of the telling, and what readers are given to go on with. */
final class NoticesTest {

    private static final Interest DEFAULT = new Interest(Selection.DEFAULT, null);
    private static final String OTHER = "00-11112222333344445555666677778888-1234567812345678-01";

    private final RecordedSpans spans = new RecordedSpans();
    private final Registry registry = new Registry();
    private Instant now = Instant.ofEpochMilli(0);
    private final Node node = new Node(registry, registry, Node.SETTINGS, new Notices(spans.tracing(), () -> now));

    @AfterEach
    void close() {
        assertThat(node.fault).hasValue(null);
        spans.close();
    }

    /** Ends an entry, each of its changes being of a trace. */
    private void commit(String... traceParents) {
        ChangeBatch plain = registry.commit();
        List<ChangeTrace> traces = new ArrayList<>();
        for (int i = 0; i < traceParents.length; i++) {
            long index = plain.changes().get(i).index();
            traces.add(new ChangeTrace(index, index, traceParents[i]));
        }
        registry.log.set(
                registry.log.size() - 1,
                new ChangeBatch(plain.logIndex(), plain.registryIndex(), plain.clockMillis(), plain.changes(), traces));
        node.tell();
    }

    private Watcher follow() {
        if (registry.log.isEmpty()) {
            commit();
        }
        return new Watcher(registry, DEFAULT, "orders").watch(node);
    }

    private static String told(Watcher watcher) {
        return watcher.last().data().path("traceparent").asText();
    }

    @Test
    void readersAreGivenTheSpanOfTheTelling() {
        var first = follow();
        var second = follow();

        registry.put("orders", "a");
        commit(SAMPLED);

        var notify = spans.one(SpanNames.NOTIFY);
        assertThat("00-" + notify.getTraceId() + "-" + notify.getParentSpanId() + "-01")
                .isEqualTo(SAMPLED);
        assertThat(attributes(notify))
                .containsEntry("rollcall.service.name", "orders")
                .containsEntry("rollcall.namespace", "default")
                .containsEntry("rollcall.watchers", "2")
                .containsEntry("rollcall.changes", "1");
        assertThat(List.of(first, second))
                .allSatisfy(watcher -> assertThat(told(watcher)).isEqualTo(traceParent(notify)));
    }

    @Test
    void changesThatAreToldTogetherAreBelowTheNewestAndLinkToTheOthers() {
        var reader = follow();

        registry.put("orders", "a").put("orders", "b");
        commit(OTHER, SAMPLED);

        var notify = spans.one(SpanNames.NOTIFY);
        assertThat("00-" + notify.getTraceId() + "-" + notify.getParentSpanId() + "-01")
                .isEqualTo(SAMPLED);
        assertThat(notify.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting("traceId")
                .containsExactly("11112222333344445555666677778888");
        assertThat(attributes(notify)).containsEntry("rollcall.changes", "2");
        assertThat(told(reader)).isEqualTo(traceParent(notify));
    }

    @Test
    void servicesHaveSpansOfTheirOwn() {
        var reader = follow();

        registry.put("orders", "a").put("users", "b");
        commit(SAMPLED, OTHER);

        assertThat(spans.named(SpanNames.NOTIFY))
                .extracting(span -> attributes(span).get("rollcall.service.name"))
                .containsExactlyInAnyOrder("orders", "users");
        assertThat(told(reader)).contains(SAMPLED.substring(3, 35));
    }

    @Test
    void whatIsNotSampledAndWhatIsReplayedIsToldWithoutASpan() {
        var reader = follow();

        registry.put("orders", "a");
        commit();
        now = Instant.ofEpochMilli(registry.index()).plus(Notices.FRESH).plusMillis(10);
        registry.put("orders", "b");
        commit(SAMPLED);

        assertThat(spans.all()).isEmpty();
        assertThat(reader.state("orders")).containsOnlyKeys("a", "b");
        assertThat(reader.last().data().has("traceparent")).isFalse();
    }
}
