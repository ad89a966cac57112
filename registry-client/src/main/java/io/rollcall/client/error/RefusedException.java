package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The registry said no; nothing was done. Its subclasses are families by what the caller can do, and below them a class for
 * each stable code.
 */
public class RefusedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /**
     * The exception of a refusal.
     *
     * @param refusal what the registry said
     * @return of the class of its code; of that of its family if this version does not know the code
     */
    public static RefusedException of(Refusal refusal) {
        return ExceptionTable.exception(refusal);
    }

    /**
     * Returns what the registry said.
     *
     * @return the refusal with all its members
     */
    public Refusal refusal() {
        return refusal;
    }

    /**
     * Returns the stable code.
     *
     * @return kebab-case; {@code http-<status>} if the answer was no problem document
     */
    public String code() {
        return refusal.code();
    }

    /**
     * Returns the HTTP status.
     *
     * @return 300 to 599
     */
    public int status() {
        return refusal.status();
    }

    /**
     * Returns the id by which the registry's own traces and logs tell of this request.
     *
     * @return empty if it gave none
     */
    public Optional<String> traceId() {
        return text("traceId");
    }

    final Optional<String> text(String member) {
        return Optional.ofNullable(refusal.members().get(member))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    final OptionalLong number(String member) {
        return refusal.members().get(member) instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }
}
