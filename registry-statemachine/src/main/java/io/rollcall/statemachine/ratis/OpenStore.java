package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastUnavailableException;
import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.StoreFigures;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the past from the store that is open. Whoever closes a store waits for the reads that are under way, and entries are
 * not applied meanwhile; so reads give up as soon as their store is no longer the one that is open.
 */
final class OpenStore implements PastReader {

    private volatile @Nullable RegistryStore store;

    /** Another store is the one to be read, or none. */
    void set(@Nullable RegistryStore opened) {
        store = opened;
    }

    /** How it does; empty while there is none. */
    Optional<StoreFigures> figures() {
        RegistryStore open = store;
        try {
            return Optional.ofNullable(open).map(RegistryStore::figures);
        } catch (IllegalStateException e) {
            if (store != open) {
                // It was closed under the question.
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public <R> R read(Function<Past, R> reads) {
        RegistryStore open = store;
        if (open == null) {
            throw new PastUnavailableException();
        }
        try {
            return open.atOneMoment(moment -> reads.apply(new Past(moment, () -> store != open)));
        } catch (IllegalStateException e) {
            if (store != open) {
                throw new PastUnavailableException();
            }
            throw e;
        }
    }
}
