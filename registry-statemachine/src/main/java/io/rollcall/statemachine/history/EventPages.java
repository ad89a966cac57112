package io.rollcall.statemachine.history;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.statemachine.codec.EventPrefix;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.store.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads pages of events, and finds for each what came after it. */
final class EventPages {

    /** A page looks at no more events than this, however few are of the instance that is asked for. */
    static final int MAX_SCANNED = 100_000;

    private final Moment moment;

    EventPages(Moment moment) {
        this.moment = moment;
    }

    EventPage read(EventQuery query) {
        List<EventRecord> found = new ArrayList<>();
        long nextUntil = find(query, found);
        Map<Long, InstanceRecord> after = new HashMap<>();
        Map<InstanceKey, EventRecord> open = matchWithin(found, after);
        matchWithNewer(query, open, after);
        return new EventPage(found.stream().map(event -> told(event, after)).toList(), nextUntil);
    }

    /** Collects the events, newest first, and returns where the next page begins. */
    private long find(EventQuery query, List<EventRecord> found) {
        EventPrefix only =
                query.instance() == null ? null : EventPrefix.of(new InstanceKey(query.service(), query.instance()));
        long[] next = {0};
        int[] scanned = {0};
        moment.eventsBack(query.service(), query.untilIndex(), event -> {
            if (event.index() <= query.afterIndex()) {
                return false;
            }
            if (found.size() == query.limit() || scanned[0] == MAX_SCANNED) {
                next[0] = event.index();
                return false;
            }
            scanned[0]++;
            if (only == null || event.isOf(only)) {
                found.add(event.event());
            }
            return true;
        });
        return next[0];
    }

    /** What came after an event is what was before the next one of the page; returns the last event of each instance. */
    private static Map<InstanceKey, EventRecord> matchWithin(
            List<EventRecord> newestFirst, Map<Long, InstanceRecord> after) {
        Map<InstanceKey, EventRecord> newest = new HashMap<>();
        Map<InstanceKey, EventRecord> next = new HashMap<>();
        for (EventRecord event : newestFirst) {
            EventRecord successor = next.put(event.key(), event);
            if (successor == null) {
                newest.put(event.key(), event);
            } else if (successor.before() != null) {
                after.put(event.index(), successor.before());
            }
        }
        return newest;
    }

    /** What came after the last event of an instance is there now, or was before an event that is newer than the page. */
    private void matchWithNewer(
            EventQuery query, Map<InstanceKey, EventRecord> newest, Map<Long, InstanceRecord> after) {
        Map<EventPrefix, EventRecord> open = new HashMap<>();
        newest.forEach((key, event) -> {
            InstanceRecord present = moment.instance(key);
            if (event.operation().isRemoval()) {
                return;
            }
            if (present != null && present.modifyIndex() == event.index()) {
                after.put(event.index(), present);
            } else {
                open.put(EventPrefix.of(key), event);
            }
        });
        if (open.isEmpty()) {
            return;
        }
        moment.eventsForward(query.service(), query.untilIndex() + 1, newer -> {
            for (Iterator<Map.Entry<EventPrefix, EventRecord>> all =
                            open.entrySet().iterator();
                    all.hasNext(); ) {
                Map.Entry<EventPrefix, EventRecord> entry = all.next();
                if (newer.isOf(entry.getKey())) {
                    InstanceRecord before = newer.event().before();
                    if (before != null) {
                        after.put(entry.getValue().index(), before);
                    }
                    all.remove();
                    break;
                }
            }
            return !open.isEmpty();
        });
    }

    private static PastEvent told(EventRecord event, Map<Long, InstanceRecord> after) {
        return new PastEvent(
                event.key(),
                event.index(),
                event.timeMillis(),
                event.operation(),
                event.actor(),
                event.traceParent(),
                instance(event.before()),
                instance(after.get(event.index())));
    }

    private static @Nullable Instance instance(@Nullable InstanceRecord record) {
        return record == null ? null : record.toInstance();
    }
}
