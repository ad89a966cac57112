package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeTrace;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spans of telling those who follow what changed: one for each service or key with a change whose trace is sampled. */
public final class Notices {

    /** Tells nothing. */
    static final Notices NONE = new Notices(Tracing.NONE, InstantSource.system());

    /** Older changes are of a replay. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private final Tracing tracing;
    private final InstantSource clock;

    /**
     * Tells by spans.
     *
     * @param tracing takes them
     * @param clock the wall clock
     */
    public Notices(Tracing tracing, InstantSource clock) {
        this.tracing = tracing;
        this.clock = clock;
    }

    /** The traces of a batch that are worth a span; on any thread. */
    List<ChangeTrace> fresh(ChangeBatch batch) {
        boolean isOld = batch.traces().isEmpty()
                || tracing == Tracing.NONE
                || clock.millis() - batch.clockMillis() > FRESH.toMillis();
        return isOld ? List.of() : batch.traces();
    }

    /** Begins to tell of some changes. */
    Notice begin(ChangeQueue.News news) {
        if (news.traces().isEmpty()) {
            return Notice.NONE;
        }
        Map<Object, List<String>> bySubject = new LinkedHashMap<>();
        List<ChangeTrace> traced = new ArrayList<>();
        Iterator<ChangeTrace> traces = news.traces().iterator();
        ChangeTrace trace = traces.next();
        for (RegistryChange change : news.changes()) {
            // Both are in the order of their indexes.
            while (trace.last() < change.index() && traces.hasNext()) {
                trace = traces.next();
            }
            Object subject = trace.holds(change.index()) ? subject(change) : null;
            if (subject != null) {
                String traceParent = trace.traceParent();
                bySubject.computeIfAbsent(subject, key -> new ArrayList<>(1)).add(traceParent);
                traced.add(new ChangeTrace(change.index(), change.index(), traceParent));
            }
        }
        Map<Object, OpenSpan> spans = new LinkedHashMap<>();
        long now = System.nanoTime();
        bySubject.forEach((subject, parents) -> {
            OpenSpan span = begin(subject, parents, now);
            if (span != null) {
                spans.put(subject, span);
            }
        });
        return spans.isEmpty() ? Notice.NONE : new Notice(spans, traced);
    }

    /** Below the newest; the others are told in the same breath. */
    private @Nullable OpenSpan begin(Object subject, List<String> parents, long now) {
        String newest = parents.get(parents.size() - 1);
        List<String> others = parents.stream()
                .distinct()
                .filter(parent -> !parent.equals(newest))
                .limit(Notice.LINKS_MAX)
                .toList();
        OpenSpan span = tracing.below(SpanNames.NOTIFY, newest, others, now);
        if (span != null) {
            Notice.tell(span, subject);
            span.set(SpanKeys.CHANGES, parents.size());
        }
        return span;
    }

    private static @Nullable Object subject(RegistryChange change) {
        if (change instanceof InstanceChanged changed) {
            return service(changed.after());
        }
        if (change instanceof InstanceRemoved removed) {
            return service(removed.before());
        }
        return change instanceof ConfigChanged changed ? changed.after().key() : null;
    }

    private static Object service(Instance instance) {
        return instance.key().service();
    }
}
