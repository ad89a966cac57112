package io.rollcall.api.model;

/**
 * What a configuration value is, in the words of its writer; the registry keeps it and reads nothing into it.
 *
 * @param value 1 to {@value #MAX_LENGTH} printable characters of ASCII, neither beginning nor ending with a space
 */
public record ContentType(String value) {

    /** The longest content type, in characters. */
    public static final int MAX_LENGTH = 255;

    /** Of a value that came without one. */
    public static final ContentType DEFAULT = new ContentType("application/octet-stream");

    /**
     * Checks the rule.
     *
     * @throws InvalidRequestException naming {@code Content-Type}
     */
    public ContentType {
        boolean fits = !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c >= ' ' && c <= '~')
                && value.equals(value.strip());
        if (!fits) {
            throw new InvalidRequestException(new Violation(
                    "Content-Type", "must be 1 to " + MAX_LENGTH + " printable characters of ASCII", MAX_LENGTH));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
