package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.statemachine.change.ChangeTrace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The telling of some changes, as long as it goes on. Confined to the hub's thread. */
final class Notice {

    /** Spans that one links to. */
    static final int LINKS_MAX = 32;

    /** Of what is not sampled. */
    static final Notice NONE = new Notice(Map.of(), List.of());

    private final Map<Object, OpenSpan> spans;
    private final Set<Long> traced = new HashSet<>();
    private final Map<Object, Set<Object>> told = new HashMap<>();

    Notice(Map<Object, OpenSpan> spans, List<ChangeTrace> traces) {
        this.spans = spans;
        traces.forEach(trace -> traced.add(trace.first()));
    }

    static void tell(OpenSpan span, Object subject) {
        if (subject instanceof ServiceKey service) {
            span.set(SpanKeys.NAMESPACE, service.namespace().value())
                    .set(SpanKeys.SERVICE_NAME, service.name().value());
        } else if (subject instanceof ConfigKey key) {
            span.set(SpanKeys.NAMESPACE, key.namespace().value()).set(SpanKeys.CONFIG_KEY, key.path());
        }
    }

    /** What a reader continues the trace of a change with; null if it is not sampled. */
    @Nullable
    String traceParent(Object subject, long index) {
        if (this == NONE || !traced.contains(index)) {
            return null;
        }
        OpenSpan span = spans.get(subject);
        return span == null ? null : span.traceParent();
    }

    /** Those who follow a feed are told. */
    void touched(Object subject, Feed feed) {
        if (this != NONE && spans.containsKey(subject)) {
            Set<Object> all = told.computeIfAbsent(subject, key -> new LinkedHashSet<>());
            all.addAll(feed.streams);
            all.addAll(feed.waiters);
        }
    }

    /** A stream of configuration is told. */
    void told(Object subject, ConfigStream stream) {
        if (this != NONE && spans.containsKey(subject)) {
            told.computeIfAbsent(subject, key -> new LinkedHashSet<>()).add(stream);
        }
    }

    /** All is on its way. */
    void end() {
        spans.forEach((subject, span) -> span.set(
                        SpanKeys.WATCHERS, told.getOrDefault(subject, Set.of()).size())
                .end());
    }
}
