package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * What a watch is of: it reads the events, sees to it that none is missing, and tells the listener. Confined to the
 * thread of the watch.
 */
interface WatchSubject {

    /** The next event is the first of a stream that goes on where the one before ended. */
    void resumed();

    /** The next event is the first of a stream that begins anew. */
    void restarted();

    /**
     * Takes an event.
     *
     * @throws GapException if it does not go on from what is known
     * @throws IOException if it is none that a registry sends
     */
    void take(String name, JsonNode data, ToldEvents told) throws IOException;

    /** All there is up to an index was told. */
    void knownUpTo(long index, ToldEvents told) throws IOException;

    /** Whether the stream could end here and another go on from the last id: not in the midst of what belongs together. */
    boolean isWhole();

    /** The highest index that was told, also before a restart; 0 at first. */
    long highest();

    /** What was told was of another registry: its indexes are no measure any more. */
    void forgetHighest();
}
