package io.rollcall.api.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP statuses that a check takes for healthy.
 *
 * @param min lowest, 100 or more
 * @param max highest, 599 or less, not below {@code min}
 */
public record StatusRange(int min, int max) {

    private static final Pattern TEXT = Pattern.compile("([1-5][0-9][0-9])(?:-([1-5][0-9][0-9]))?");

    /**
     * Reads a range.
     *
     * @param field the field that an error names
     * @param text {@code 204} or {@code 200-399}
     * @return the range
     * @throws InvalidRequestException if the text is neither
     */
    public static StatusRange parse(String field, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            int min = Integer.parseInt(matcher.group(1));
            int max = matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2));
            if (min <= max) {
                return new StatusRange(min, max);
            }
        }
        throw new InvalidRequestException(
                new Violation(field, "must be an HTTP status such as 200, or a range such as 200-399"));
    }

    @Override
    public String toString() {
        return min == max ? Integer.toString(min) : min + "-" + max;
    }
}
