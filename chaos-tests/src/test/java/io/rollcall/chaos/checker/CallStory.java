package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.call.CallEvent.Called;
import io.rollcall.chaos.call.CallEvent.Run;
import io.rollcall.chaos.call.CallEvent.Told;
import io.rollcall.chaos.call.CallEvent.Try;
import java.util.ArrayList;
import java.util.List;

/** A call history as a test tells it: times in milliseconds, runs of one instance, one consumer. */
final class CallStory {

    private static final long CALL_TAKES = 5;
    private static final String REFUSED = "java.net.ConnectException";

    private final List<CallEvent> events = new ArrayList<>();

    List<CallEvent> events() {
        return events;
    }

    private static Run run(int number) {
        return new Run(LeaseStory.REF, number);
    }

    CallStory registered(int number, long at) {
        events.add(new CallEvent.Registered(run(number), number, nanos(at)));
        return this;
    }

    CallStory closing(int number, long at) {
        events.add(new CallEvent.Closing(run(number), nanos(at)));
        return this;
    }

    CallStory left(int number, long at) {
        events.add(new CallEvent.Ended(run(number), true, nanos(at)));
        return this;
    }

    CallStory died(int number, long at) {
        events.add(new CallEvent.Ended(run(number), false, nanos(at)));
        return this;
    }

    CallStory told(int number, String what, long silence, long at) {
        events.add(new Told(run(number), what, nanos(silence), nanos(at)));
        return this;
    }

    CallStory withdrawn(int number, long at) {
        events.add(new CallEvent.Withdrawn(run(number), "lapse: critical", nanos(at)));
        return this;
    }

    /** A call that a run answers. */
    CallStory call(int meant, String answered, long at) {
        return called(at, List.of(new Try(run(meant), answered, nanos(at), nanos(at + CALL_TAKES), "")), "");
    }

    /** A call each second that a run answers. */
    CallStory calls(int number, long from, long to) {
        for (long at = from; at <= to; at += 1_000) {
            call(number, run(number).toString(), at);
        }
        return this;
    }

    /** A call whose first try fails, and whose second one does not. */
    CallStory retried(int meant, int then, long at) {
        Try first = new Try(run(meant), "", nanos(at), nanos(at + CALL_TAKES), REFUSED);
        Try second = new Try(run(then), run(then).toString(), nanos(at + CALL_TAKES), nanos(at + CALL_TAKES * 2), "");
        return called(at, List.of(first, second), "");
    }

    /** A call all of whose tries fail. */
    CallStory failed(int meant, long at) {
        return called(at, List.of(new Try(run(meant), "", nanos(at), nanos(at + CALL_TAKES), REFUSED)), REFUSED);
    }

    CallStory foundNobody(long at) {
        events.add(new Called("c", "s", 0, 0, List.of(), nanos(at), nanos(at), "nobody"));
        return this;
    }

    private CallStory called(long at, List<Try> tries, String why) {
        long ended = tries.get(tries.size() - 1).toNanos();
        events.add(new Called("c", "s", 3, 20, tries, nanos(at), ended, why));
        return this;
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
