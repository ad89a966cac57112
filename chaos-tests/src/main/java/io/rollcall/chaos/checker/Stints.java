package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.call.CallEvent.Run;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All runs of a call history. */
final class Stints {

    private final Map<Run, Stint> stints = new LinkedHashMap<>();

    Stints(List<CallEvent> events) {
        for (CallEvent event : events) {
            if (event instanceof CallEvent.Registered registered) {
                registered(registered);
            } else if (event instanceof CallEvent.Closing closing) {
                change(closing.run(), stint -> stint.closing(closing.atNanos()));
            } else if (event instanceof CallEvent.Ended ended) {
                change(ended.run(), stint -> stint.ended(ended.atNanos(), ended.inOrder()));
            }
        }
    }

    private void registered(CallEvent.Registered event) {
        Run run = event.run();
        stints.put(run, new Stint(run, event.atNanos(), Stint.NEVER, Stint.NEVER, Stint.NEVER, false));
        Run before = new Run(run.instance(), run.number() - 1);
        stints.computeIfPresent(before, (key, stint) -> stint.replaced(event.atNanos()));
    }

    private void change(Run run, UnaryOperator<Stint> change) {
        // One that was never registered was never found by anybody.
        stints.computeIfPresent(run, (key, stint) -> change.apply(stint));
    }

    Collection<Stint> all() {
        return stints.values();
    }

    @Nullable
    Stint of(Run run) {
        return stints.get(run);
    }
}
