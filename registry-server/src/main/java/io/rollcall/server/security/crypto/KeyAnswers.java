package io.rollcall.server.security.crypto;

import io.rollcall.server.app.PeerAnswers;
import io.rollcall.server.app.PeerQuestion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Answers what other members ask about master keys, and hands on everything else. */
final class KeyAnswers implements PeerAnswers {

    private static final byte[] YES = {1};
    private static final byte[] NO = {0};

    private final MasterKeys masterKeys;
    private final PeerAnswers others;

    KeyAnswers(MasterKeys masterKeys, PeerAnswers others) {
        this.masterKeys = masterKeys;
        this.others = others;
    }

    /** Whether a member has a master key. */
    static byte[] request(String masterKeyId) {
        return masterKeyId.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isYes(byte[] answer) {
        return answer.length == 1 && answer[0] == YES[0];
    }

    @Override
    public CompletableFuture<byte[]> answer(PeerQuestion question, byte[] request) {
        if (question != PeerQuestion.MASTER_KEY) {
            return others.answer(question, request);
        }
        boolean has = masterKeys.has(new String(request, StandardCharsets.US_ASCII));
        return CompletableFuture.completedFuture(has ? YES : NO);
    }
}
