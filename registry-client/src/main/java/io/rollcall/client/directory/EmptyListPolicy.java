package io.rollcall.client.directory;

import java.time.Duration;

/**
 * What to do when the registry says of a service with instances that it has none, and does not prove it.
 *
 * <p>Proof is a change that tells the removal of each of them, and a snapshot on the very connection that told them. No
 * proof is an answer or a snapshot of another connection: it may come from a registry that was restored or wiped.
 */
public sealed interface EmptyListPolicy {

    /** It is believed at once. */
    record Trust() implements EmptyListPolicy {}

    /** It is not believed until it is proved or instances come. */
    record Keep() implements EmptyListPolicy {}

    /**
     * It is believed when nothing else was said for a while.
     *
     * @param time how long, 0 or more. Too small: a registry that comes up empty empties its consumers. Too large: the
     *     last instances are called for so long after they are gone
     */
    record KeepFor(Duration time) implements EmptyListPolicy {

        /** Checks it. */
        public KeepFor {
            if (time.isNegative()) {
                throw new IllegalArgumentException("the time to keep must be 0 or more, is " + time);
            }
        }
    }

    /**
     * Believes each empty list at once.
     *
     * @return the policy
     */
    static EmptyListPolicy trust() {
        return new Trust();
    }

    /**
     * Believes no empty list without proof.
     *
     * @return the policy
     */
    static EmptyListPolicy keep() {
        return new Keep();
    }

    /**
     * Believes an empty list without proof after a while.
     *
     * @param time how long, 0 or more
     * @return the policy
     */
    static EmptyListPolicy keepFor(Duration time) {
        return new KeepFor(time);
    }

    /**
     * Tells whether an empty list without proof is believed that nothing has contradicted for a while.
     *
     * @param time how long; 0 when it comes
     * @return true if so
     */
    default boolean believesAfter(Duration time) {
        if (this instanceof KeepFor kept) {
            return time.compareTo(kept.time()) >= 0;
        }
        return this instanceof Trust;
    }
}
