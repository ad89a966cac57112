package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.watch.WatchEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a watcher knows of each service, and whether the next event goes on from there. Not thread-safe.
 *
 * <p>Where a stream breaks off between events that belong together, some of them are known beyond the index that the next
 * stream begins at: its first change of such a service reaches back to before what is known. It holds all that came
 * since, so that it goes on from what is known as well; and a change that brings nothing more is passed over.
 */
final class Continuity {

    /** What is to be done with an event. */
    sealed interface Step {}

    /** It goes on from what is known. */
    record Tell(WatchEvent event) implements Step {}

    /** It brings nothing that is not known. */
    record Skip() implements Step {}

    /** Something between is missing. */
    record Gap(String detail) implements Step {}

    private final Map<ServiceKey, Long> known = new HashMap<>();
    // Those that the present stream has told of.
    private final Set<ServiceKey> told = new HashSet<>();
    // Those that were known before the present stream began anew, and that it has not told of.
    private final SortedSet<ServiceKey> unheard = new TreeSet<>();
    private long highest;

    /** The next event is the first of a stream that goes on where the one before ended. */
    void resumed() {
        told.clear();
    }

    /** The next event is the first of a stream that begins anew: each service begins with a snapshot. */
    void restarted() {
        unheard.addAll(known.keySet());
        told.clear();
        known.clear();
    }

    /**
     * The services that a stream which began anew has left out. To be asked when it has told of all there is: they have
     * no instances any more.
     */
    List<ServiceKey> takeUnheard() {
        List<ServiceKey> gone = List.copyOf(unheard);
        unheard.clear();
        return gone;
    }

    /** The highest index that was told, also before a restart; 0 at first. */
    long highest() {
        return highest;
    }

    /** What was told was of another registry: its indexes are no measure any more. */
    void forgetHighest() {
        highest = 0;
    }

    Step next(WatchEvent event) {
        return event.match(new WatchEvent.Cases<>() {
            @Override
            public Step snapshot(WatchEvent.Snapshot snapshot) {
                return tell(snapshot.service(), snapshot.index(), snapshot);
            }

            @Override
            public Step change(WatchEvent.Change change) {
                return Continuity.this.change(change);
            }

            @Override
            public Step sync(WatchEvent.Sync sync) {
                highest = Math.max(highest, sync.index());
                return new Tell(sync);
            }
        });
    }

    private Step change(WatchEvent.Change change) {
        ServiceKey service = change.service();
        Long at = known.get(service);
        if (at == null) {
            return new Gap("a change of " + service + " came before a snapshot of it");
        }
        boolean isFirst = !told.contains(service);
        if (isFirst && change.to() <= at) {
            told.add(service);
            return new Skip();
        }
        boolean goesOn = change.from() == at || (isFirst && change.from() < at);
        if (!goesOn || change.to() <= at) {
            return new Gap("a change of " + service + " leads from " + change.from() + " to " + change.to()
                    + ", and it is known up to " + at);
        }
        return tell(service, change.to(), change.from() == at ? change : from(at, change));
    }

    private Step tell(ServiceKey service, long index, WatchEvent event) {
        known.put(service, index);
        told.add(service);
        unheard.remove(service);
        highest = Math.max(highest, index);
        return new Tell(event);
    }

    private static WatchEvent.Change from(long at, WatchEvent.Change change) {
        JsonNode json = change.json();
        if (json instanceof ObjectNode object) {
            json = object.deepCopy().put("from", at);
        }
        return new WatchEvent.Change(change.service(), at, change.to(), change.upserted(), change.removed(), json);
    }
}
