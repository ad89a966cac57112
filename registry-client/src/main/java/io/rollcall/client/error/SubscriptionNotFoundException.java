package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** There is no such stream: its reader watches anew. */
public final class SubscriptionNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    SubscriptionNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
