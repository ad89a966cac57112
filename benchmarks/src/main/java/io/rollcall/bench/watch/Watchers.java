package io.rollcall.bench.watch;

/** Watchers that are told until they are closed. */
public interface Watchers extends AutoCloseable {

    /** Returns how many have ended although they were to go on. */
    int lost();

    @Override
    void close();
}
