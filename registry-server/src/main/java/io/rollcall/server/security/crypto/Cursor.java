package io.rollcall.server.security.crypto;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.statemachine.state.ConfigVersionKey;
import org.jspecify.annotations.Nullable;

/**
 * How far the state was gone through: instances, then configuration, then history, in this order, since what is sealed by
 * an earlier key gets from an instance into the history, and from a version into a later one of its key, and no other way.
 *
 * @param stage what is gone through now
 * @param instance the next one; null for the first
 * @param version the next one; null for the first
 * @param event registry index of the next one
 */
record Cursor(
        Stage stage,
        @Nullable InstanceKey instance,
        @Nullable ConfigVersionKey version,
        long event) {

    static final Cursor START = new Cursor(Stage.INSTANCES, null, null, 0);

    /** What is gone through, in this order. */
    enum Stage {
        INSTANCES,
        CONFIG,
        HISTORY,
        END
    }

    Cursor at(InstanceKey next) {
        return new Cursor(Stage.INSTANCES, next, null, 0);
    }

    Cursor at(ConfigVersionKey next) {
        return new Cursor(Stage.CONFIG, null, next, 0);
    }

    Cursor at(long next) {
        return new Cursor(Stage.HISTORY, null, null, next);
    }

    /** The begin of what comes after this stage. */
    Cursor behind() {
        return switch (stage) {
            case INSTANCES -> new Cursor(Stage.CONFIG, null, null, 0);
            case CONFIG -> new Cursor(Stage.HISTORY, null, null, 0);
            case HISTORY, END -> new Cursor(Stage.END, null, null, 0);
        };
    }
}
