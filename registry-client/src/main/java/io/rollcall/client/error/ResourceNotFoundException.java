package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** There is no such path: is the server a registry, and not older than this client? */
public final class ResourceNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    ResourceNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
