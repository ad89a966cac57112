package io.rollcall.server.app;

/** Something that the leader does now and then, of which the others know nothing. */
public interface LeaderDuty {

    /**
     * To be called often while this member leads, by one thread; it must not block.
     *
     * @param term of its leadership
     */
    void sweep(long term);
}
