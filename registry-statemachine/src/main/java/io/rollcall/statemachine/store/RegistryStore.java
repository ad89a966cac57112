package io.rollcall.statemachine.store;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TokenRecord;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The replicated state on disk. One thread writes; any thread reads. A storage error is a {@link StoreException}, after
 * which the process must end: what is in memory may be ahead of what is true.
 */
public interface RegistryStore extends AutoCloseable {

    /**
     * Returns a reader of what is committed.
     *
     * @return thread-safe, until the store is closed
     */
    StateReader reader();

    /**
     * Starts the batch of one log entry.
     *
     * @return for the writing thread alone; one at a time
     */
    Transaction begin();

    /**
     * Goes through all instances in the order of their keys, as of the call.
     *
     * @param consumer takes each
     */
    void forEachInstance(Consumer<InstanceRecord> consumer);

    /**
     * Goes through all services in the order of their keys, as of the call.
     *
     * @param consumer takes each
     */
    void forEachService(Consumer<ServiceRecord> consumer);

    /**
     * Goes through all lease marks in the order of their keys, as of the call.
     *
     * @param consumer takes each
     */
    void forEachLease(Consumer<LeaseRecord> consumer);

    /**
     * Runs reads that all see the store as it is at the call. {@link #close} waits for them.
     *
     * @param reads on the caller's thread; the moment must not leave them
     * @param <R> what they return
     * @return what they returned
     */
    <R> R atOneMoment(Function<Moment, R> reads);

    /**
     * Goes through the newest versions of all configuration keys in the order of the keys, as of the call; of deleted
     * keys, too.
     *
     * @param consumer takes each
     */
    void forEachConfig(Consumer<ConfigRecord> consumer);

    /**
     * Goes through what is left of forgotten configuration keys, in the order of their namespaces, as of the call.
     *
     * @param consumer takes each
     */
    void forEachConfigFloor(Consumer<ConfigFloor> consumer);

    /**
     * Goes through all policies in the order of their names, as of the call.
     *
     * @param consumer takes each
     */
    void forEachPolicy(Consumer<AccessPolicy> consumer);

    /**
     * Goes through all tokens in the order of their ids, as of the call.
     *
     * @param consumer takes each
     */
    void forEachToken(Consumer<TokenRecord> consumer);

    /**
     * Returns the state hash: equal states at the same registry index have equal hashes, whatever way they came about.
     *
     * @return 64 hexadecimal characters
     */
    String digest();

    /**
     * Writes a consistent copy of what is committed into a new folder, mostly by hard links.
     *
     * @param target must not exist
     */
    void checkpoint(Path target);

    /**
     * Tells how the store does.
     *
     * @return cheap to find out
     */
    StoreFigures figures();

    /** Makes what is committed durable without waiting for a checkpoint. */
    void flush();

    @Override
    void close();

    /** The batch of one log entry: it reads its own writes, and nobody else sees them before {@link #commit}. */
    interface Transaction extends StateReader, AutoCloseable {

        /**
         * Adds a write.
         *
         * @param mutation what
         */
        void put(Mutation mutation);

        /**
         * Makes all writes visible at once, together with the position.
         *
         * @param position after this entry
         */
        void commit(AppliedPosition position);

        /** Drops the writes unless they were committed. */
        @Override
        void close();
    }
}
