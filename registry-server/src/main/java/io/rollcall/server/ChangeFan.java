package io.rollcall.server;

import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import java.util.List;

/** Tells several of what is applied, one after the other in the order given. */
final class ChangeFan implements ChangeSink {

    private final List<ChangeSink> sinks;

    ChangeFan(ChangeSink... sinks) {
        this.sinks = List.of(sinks);
    }

    @Override
    public void changed(ChangeBatch batch) {
        sinks.forEach(sink -> sink.changed(batch));
    }

    @Override
    public void reset(StateReset state) {
        sinks.forEach(sink -> sink.reset(state));
    }
}
