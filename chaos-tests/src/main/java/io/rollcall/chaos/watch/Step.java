package io.rollcall.chaos.watch;

/** One thing that a watcher went through. */
public sealed interface Step {

    /**
     * A node opened a stream.
     *
     * @param node its id
     * @param resumedFrom the id that the watcher had last; -1 for none
     */
    record Opened(String node, long resumedFrom) implements Step {}

    /**
     * An event came, whole.
     *
     * @param id of the event; -1 without one
     * @param frame what it says
     */
    record Told(long id, Frame frame) implements Step {}

    /**
     * The stream is over.
     *
     * @param why in words
     */
    record Ended(String why) implements Step {}
}
