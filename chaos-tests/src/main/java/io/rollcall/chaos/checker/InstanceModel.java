package io.rollcall.chaos.checker;

import io.rollcall.chaos.checker.InstanceModel.Answer;
import io.rollcall.chaos.checker.InstanceModel.Ask;
import io.rollcall.chaos.checker.InstanceModel.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One registered instance, as a value that is there or not: the registry's promise in its smallest form. */
public final class InstanceModel implements SequentialModel<State, Ask, Answer> {

    /**
     * What is registered.
     *
     * @param value unique to the registration; null if there is none
     */
    public record State(@Nullable String value) {

        /** Nothing is registered. */
        public static final State ABSENT = new State(null);
    }

    /** What can be asked. */
    public sealed interface Ask {

        /**
         * Register, whatever is there.
         *
         * @param value of the registration
         */
        record Put(String value) implements Ask {}

        /**
         * Register, if that is there which is expected.
         *
         * @param expected the value; null: nothing
         * @param value of the registration
         */
        record Swap(@Nullable String expected, String value) implements Ask {}

        /** Deregister. */
        record Remove() implements Ask {}

        /** Read, linearizably. */
        record Read() implements Ask {}
    }

    /** What can be answered. */
    public sealed interface Answer {

        /** To a put, and to a swap that did it. */
        record Done() implements Answer {}

        /** To a swap that found something else. */
        record Refused() implements Answer {}

        /**
         * To a removal.
         *
         * @param existed whether there was something
         */
        record Removed(boolean existed) implements Answer {}

        /**
         * To a read.
         *
         * @param value what is registered; null: nothing
         */
        record Seen(@Nullable String value) implements Answer {}
    }

    /** The model of an instance that nobody has registered yet. */
    public InstanceModel() {}

    @Override
    public State initial() {
        return State.ABSENT;
    }

    @Override
    public @Nullable State step(State state, Ask ask, @Nullable Answer answer) {
        if (ask instanceof Ask.Put put) {
            return answer == null || answer instanceof Answer.Done ? new State(put.value()) : null;
        }
        if (ask instanceof Ask.Swap swap) {
            boolean holds = Objects.equals(state.value(), swap.expected());
            boolean possible =
                    answer == null || (holds ? answer instanceof Answer.Done : answer instanceof Answer.Refused);
            return possible ? (holds ? new State(swap.value()) : state) : null;
        }
        if (ask instanceof Ask.Remove) {
            boolean existed = state.value() != null;
            boolean possible = answer == null || answer.equals(new Answer.Removed(existed));
            return possible ? State.ABSENT : null;
        }
        return answer == null || answer.equals(new Answer.Seen(state.value())) ? state : null;
    }

    @Override
    public boolean observes(Ask ask, Answer answer) {
        return answer instanceof Answer.Seen
                || answer instanceof Answer.Refused
                || answer.equals(new Answer.Removed(false));
    }
}
