package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;

/** The body is of a type that is not taken here. */
public final class UnsupportedMediaTypeException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    UnsupportedMediaTypeException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the media type that is taken.
     *
     * @return empty if the registry did not say
     */
    public Optional<String> accepted() {
        return text("accepted");
    }
}
