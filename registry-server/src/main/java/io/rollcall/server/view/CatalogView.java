package io.rollcall.server.view;

import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;

/**
 * The newest snapshot of the registry in memory. The thread that applies the log replaces it once an entry; readers on
 * any thread take it and work on it undisturbed.
 */
public final class CatalogView implements ChangeSink {

    private volatile CatalogSnapshot current = CatalogSnapshot.EMPTY;

    /** A view of nothing. */
    public CatalogView() {}

    /**
     * Returns the newest snapshot.
     *
     * @return immutable; all its parts are of one registry index
     */
    public CatalogSnapshot current() {
        return current;
    }

    @Override
    public void changed(ChangeBatch batch) {
        current = new CatalogBuilder(current).apply(batch).build();
    }

    @Override
    public void reset(StateReset state) {
        CatalogBuilder builder = new CatalogBuilder(CatalogSnapshot.EMPTY);
        state.forEachService(builder::putService);
        state.forEachInstance(builder::load);
        state.forEachLease(builder::mark);
        current = builder.apply(state.position()).build();
    }
}
