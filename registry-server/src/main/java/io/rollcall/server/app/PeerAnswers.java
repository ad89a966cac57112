package io.rollcall.server.app;

import java.util.concurrent.CompletableFuture;

/** Answers what other members ask. Called on threads that must not block. */
public interface PeerAnswers {

    /**
     * Answers.
     *
     * @param question what is asked
     * @param request its bytes
     * @return the answer's bytes; a failure is told the member that asked
     */
    CompletableFuture<byte[]> answer(PeerQuestion question, byte[] request);
}
