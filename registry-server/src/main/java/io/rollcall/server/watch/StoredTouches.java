package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.history.EventPage;
import io.rollcall.statemachine.history.EventQuery;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastEvent;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastTooFarException;
import io.rollcall.statemachine.history.PastUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the history that this node stores tells of earlier changes. */
public final class StoredTouches implements PastTouches {

    /** Events of a service that one look goes through; what lies behind them counts as unknown. */
    static final int EVENTS_MAX = 10_000;

    private static final int PAGE = 500;

    /** What one look reads, with what it takes to find what came after each event. */
    private static final int READ_MAX = 10 * EVENTS_MAX;

    private final Supplier<PastReader> reader;

    /**
     * The history of a node.
     *
     * @param reader reads it; asked for at the first look
     */
    public StoredTouches(Supplier<PastReader> reader) {
        this.reader = reader;
    }

    @Override
    public Optional<Touched> touched(ServiceKey service, Predicate<Instance> selects, long after, long until) {
        try {
            return reader.get().read(past -> new Look(past.within(READ_MAX), selects, after).through(service, until));
        } catch (PastUnavailableException | PastTooFarException e) {
            return Optional.empty();
        }
    }

    /** One look, newest events first, down to the first touch that is not behind the index asked for. */
    private static final class Look {
        private final Past past;
        private final Predicate<Instance> selects;
        private final long after;
        private final List<PastTouch> newestFirst = new ArrayList<>();
        private int seen;

        Look(Past past, Predicate<Instance> selects, long after) {
            this.past = past;
            this.selects = selects;
            this.after = after;
        }

        Optional<Touched> through(ServiceKey service, long until) {
            long from = until;
            while (from > 0) {
                EventPage page = past.events(new EventQuery(service, 0, from, null, PAGE));
                for (PastEvent event : page.events()) {
                    PastTouch touch = touch(event);
                    if (touch != null && touch.index() <= after) {
                        return found(touch.index());
                    }
                    if (touch != null) {
                        newestFirst.add(touch);
                    }
                    if (++seen > EVENTS_MAX) {
                        return Optional.empty();
                    }
                }
                from = page.nextUntil();
            }
            // Nothing before, unless that was forgotten.
            return past.fromIndex() == 0 ? found(1) : Optional.empty();
        }

        private @Nullable PastTouch touch(PastEvent event) {
            boolean was = event.before() != null && selects.test(event.before());
            boolean is = event.after() != null && selects.test(event.after());
            return was || is ? new PastTouch(event.index(), event.key().id(), was, is) : null;
        }

        private Optional<Touched> found(long last) {
            List<PastTouch> oldestFirst = new ArrayList<>(newestFirst);
            Collections.reverse(oldestFirst);
            return Optional.of(new Touched(last, oldestFirst));
        }
    }
}
