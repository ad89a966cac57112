package io.rollcall.statemachine.history;

import java.util.List;

/**
 * Some events, newest first.
 *
 * @param events at most as many as asked for; fewer than that, or none, does not mean that there are no more
 * @param nextUntil where the next page begins: its {@link EventQuery#untilIndex}; 0 if there is none
 */
public record EventPage(List<PastEvent> events, long nextUntil) {

    /** Copies the list. */
    public EventPage {
        events = List.copyOf(events);
    }
}
