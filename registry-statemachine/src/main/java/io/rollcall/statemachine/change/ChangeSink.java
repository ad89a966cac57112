package io.rollcall.statemachine.change;

/** Where news goes. It is called by the thread that applies the log, so it never blocks and never throws. */
public interface ChangeSink {

    /**
     * Takes the changes of one entry; entries come in order, without a gap.
     *
     * @param batch what changed
     */
    void changed(ChangeBatch batch);

    /**
     * Says that the whole state was replaced, at start or by a snapshot: forget what came before and load anew.
     *
     * @param state what is true now; valid during the call alone
     */
    void reset(StateReset state);
}
