package io.rollcall.server.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way to the other members. */
public interface PeerDesk {

    /**
     * Returns this member's id.
     *
     * @return such as {@code n1}
     */
    String self();

    /**
     * Returns who leads.
     *
     * @return a member's id; null if nobody is known to
     */
    @Nullable
    String leader();

    /**
     * Returns the other members that answered lately.
     *
     * @return their ids
     */
    List<String> reachable();

    /**
     * Asks another member.
     *
     * @param member its id
     * @param question what is asked
     * @param request its bytes
     * @param timeout how long to wait for the answer
     * @return the answer; fails if there is none in time, or no such member
     */
    CompletableFuture<byte[]> ask(String member, PeerQuestion question, byte[] request, Duration timeout);
}
