package io.rollcall.server.query;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** The values of expressions: read in the class that a field compares with, and written canonically. */
final class Literals {

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;

    private Literals() {}

    /**
     * Reads a value for {@code ==}, {@code in} and the orders.
     *
     * @param token what stands in the place of the value
     * @param type of the field
     * @return a String, Long, Duration, Instant or Boolean
     * @throws InvalidRequestException if the field is never equal to such a value: that is a typing mistake
     */
    static Object read(Token token, FieldType type) {
        boolean isString = token.kind() == Token.Kind.STRING;
        boolean isNumber = token.kind() == Token.Kind.NUMBER;
        boolean isFlag = token.isWord("true") || token.isWord("false");
        boolean fits = switch (type) {
            case NUMBER, DURATION -> isString || isNumber;
            case FLAG ->
                isFlag
                        || (isString
                                && (token.text().equals("true") || token.text().equals("false")));
            case TEXT, VERSION, STATUS, PROTOCOL, TIME, MAP -> isString;
        };
        if (!fits) {
            throw expected(token, type.expectation());
        }
        try {
            return switch (type) {
                case TEXT, VERSION, MAP -> token.text();
                case STATUS -> InstanceStatus.parse(Filter.FIELD, token.text()).wireName();
                case PROTOCOL -> Protocol.parse(Filter.FIELD, token.text()).wireName();
                case NUMBER -> Long.valueOf(token.text());
                case DURATION -> Durations.parse(Filter.FIELD, token.text());
                case TIME -> OffsetDateTime.parse(token.text()).toInstant();
                case FLAG -> Boolean.valueOf(token.text());
            };
        } catch (NumberFormatException | DateTimeParseException | InvalidRequestException e) {
            throw expected(token, type.expectation());
        }
    }

    static InvalidRequestException expected(Token token, String expectation) {
        String found = token.kind() == Token.Kind.END ? "ends" : "has " + token.shown();
        return Filter.refusal(token.position(), "expects " + expectation + " but " + found);
    }

    static String print(Object value) {
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Duration duration) {
            return quote(Durations.format(duration));
        }
        if (value instanceof Instant || value instanceof String) {
            return quote(value.toString());
        }
        throw new IllegalStateException("expressions have no values of " + value.getClass());
    }

    /** Writes a string as JSON does, with escapes for all that is not printable. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < FIRST_PRINTABLE || (c >= DELETE && c <= LAST_CONTROL) || isSurrogate) {
                out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }
}
