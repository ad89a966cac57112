package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.answer.AnswerHeaders;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.error.OutcomeUnknownException;
import io.rollcall.client.error.RefusedException;
import io.rollcall.client.error.UnansweredException;

/**
 * How a call ended: done, not done (the registry refused it, or nobody answered), or unknown. A read is never unknown.
 *
 * @param <T> what the answer holds
 */
public sealed interface Outcome<T> {

    /**
     * It was done, and this is the answer.
     *
     * @param value what the answer holds
     * @param headers what the answer says of itself
     * @param json the answer's body as it was sent, with the fields that this version does not know; missing for none
     * @param <T> what the answer holds
     */
    record Done<T>(T value, AnswerHeaders headers, JsonNode json) implements Outcome<T> {

        /**
         * Returns the registry index of the change, or of what was read.
         *
         * @return 1 or more; 0 if the answer has none
         */
        public long index() {
            return headers.index();
        }

        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.done(this);
        }
    }

    /**
     * The registry said no; nothing was done.
     *
     * @param refusal why
     * @param <T> what the answer would have held
     */
    record Refused<T>(Refusal refusal) implements Outcome<T> {
        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.refused(this);
        }
    }

    /**
     * No server gave an answer in time, and nothing was done.
     *
     * @param detail which servers were tried and what each did
     * @param <T> what the answer would have held
     */
    record Unanswered<T>(String detail) implements Outcome<T> {
        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.unanswered(this);
        }
    }

    /**
     * A write was sent and its answer was lost: it may have been done. Repeating it with the same request id within ten
     * minutes gives the first answer, and does it at most once.
     *
     * @param detail which servers were tried and what each did
     * @param requestId to repeat the call with
     * @param <T> what the answer would have held
     */
    record Unknown<T>(String detail, String requestId) implements Outcome<T> {
        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.unknown(this);
        }
    }

    /**
     * One function for each way a call can end.
     *
     * @param <T> what the answer holds
     * @param <R> what the functions return
     */
    interface Cases<T, R> {

        /**
         * It was done.
         *
         * @param done the answer
         * @return the result
         */
        R done(Done<T> done);

        /**
         * It was refused.
         *
         * @param refused why
         * @return the result
         */
        R refused(Refused<T> refused);

        /**
         * Nobody answered, and nothing was done.
         *
         * @param unanswered who was tried
         * @return the result
         */
        R unanswered(Unanswered<T> unanswered);

        /**
         * It may have been done.
         *
         * @param unknown what is known of it
         * @return the result
         */
        R unknown(Unknown<T> unknown);
    }

    /**
     * Runs the function for how the call ended.
     *
     * @param cases one for each
     * @param <R> what they return
     * @return the result
     */
    <R> R match(Cases<T, R> cases);

    /**
     * Returns the value of a call that was done.
     *
     * @return the value
     * @throws RefusedException of the class of its code, if the registry said no
     * @throws UnansweredException if nobody answered, and nothing was done
     * @throws OutcomeUnknownException if it may have been done
     */
    default T orThrow() {
        return match(new Cases<>() {
            @Override
            public T done(Done<T> done) {
                return done.value();
            }

            @Override
            public T refused(Refused<T> refused) {
                throw RefusedException.of(refused.refusal());
            }

            @Override
            public T unanswered(Unanswered<T> unanswered) {
                throw new UnansweredException(unanswered.detail());
            }

            @Override
            public T unknown(Unknown<T> unknown) {
                throw new OutcomeUnknownException(unknown.detail(), unknown.requestId());
            }
        });
    }
}
