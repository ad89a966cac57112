package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A condition on instances, written as an expression such as {@code tags.env == "prod" and version >= "2.1"}.
 * Immutable and thread-safe; two filters are equal if their canonical texts are.
 *
 * <pre>
 * expression := and { "or" and }
 * and        := factor { "and" factor }
 * factor     := "not" factor | "(" expression ")" | term
 * term       := field ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 *             | field [ "not" ] "in" "(" value { "," value } ")"
 *             | field [ "not" ] ( "contains" | "matches" | "satisfies" ) value
 *             | field "is" [ "not" ] "empty"
 *             | value [ "not" ] "in" field                (the same as contains)
 * </pre>
 *
 * <p>Fields are those of the interface's instance, and {@code tags.KEY} or {@code tags["any key"]} for one tag. Values
 * are strings in double quotes with the escapes of JSON, or in single quotes or backticks without escapes; whole
 * numbers, durations such as {@code 30s}, {@code true} and {@code false} need no quotes.
 *
 * <ul>
 *   <li>What an instance does not have (a tag, {@code healthySince}) is unequal to everything, in no list, and neither
 *       above nor below anything: {@code tags.env != "prod"} holds where the tag is missing.
 *   <li>{@code ==} on {@code version} compares texts. {@code < <= > >=} compare by the precedence of SemVer 2.0, and
 *       are false for an instance whose version does not parse ({@link SemanticVersion} says what does).
 *   <li>{@code satisfies} takes a range such as {@code "^2.1"}, {@code "~1.4"} or {@code ">=2.1 <3"}
 *       ({@link VersionRange}).
 *   <li>{@code contains} asks for a key of {@code tags}, and for a part of a text. {@code matches} finds an RE2
 *       expression anywhere in a text; {@code ^} and {@code $} anchor it.
 * </ul>
 */
public final class Filter {

    /** The parameter that errors name. */
    public static final String FIELD = "filter";

    /** Longest expression, in characters. */
    public static final int MAX_LENGTH = 4 * 1024;

    /** Deepest nesting of parentheses and {@code not}. */
    public static final int MAX_DEPTH = 32;

    /** Most terms of one expression. */
    public static final int MAX_TERMS = 256;

    private final Condition condition;
    private final String text;

    private Filter(Condition condition) {
        this.condition = condition;
        StringBuilder canonical = new StringBuilder();
        condition.print(canonical);
        this.text = canonical.toString();
    }

    /**
     * Reads an expression.
     *
     * @param expression at most {@value #MAX_LENGTH} characters
     * @return the filter
     * @throws InvalidRequestException naming {@code filter}, what was expected and the position in UTF-16 units from 0
     */
    public static Filter parse(String expression) {
        if (expression.isBlank()) {
            throw new InvalidRequestException(new Violation(FIELD, "must not be empty; leave it out for all"));
        }
        if (expression.length() > MAX_LENGTH) {
            throw new InvalidRequestException(new Violation(
                    FIELD, "must have at most " + MAX_LENGTH + " characters, has " + expression.length(), MAX_LENGTH));
        }
        return new Filter(FilterParser.parse(expression));
    }

    /**
     * Decides one instance.
     *
     * @param instance any
     * @return true if the expression holds
     */
    public boolean matches(Instance instance) {
        return condition.matches(instance);
    }

    /**
     * Tells which part of the expression an instance fails by.
     *
     * @param instance one that the expression does not hold for
     * @return the first part of a conjunction that fails
     */
    public Failure failure(Instance instance) {
        Condition part = condition.failing(instance);
        StringBuilder partText = new StringBuilder();
        part.print(partText);
        Condition compared = part instanceof Condition.Not not ? not.part() : part;
        return new Failure(
                partText.toString(),
                compared instanceof Term term ? term.field().shown(instance) : null);
    }

    /**
     * Why an expression does not hold.
     *
     * @param part the canonical form of the part that fails
     * @param actual the value of the field that the part compares, as expressions write it, or {@code absent}; null if
     *     it compares more than one
     */
    public record Failure(String part, @Nullable String actual) {}

    /**
     * Returns the canonical form: one spelling for expressions that differ in spaces, quotes and needless parentheses.
     *
     * @return an expression that parses to an equal filter, as long as it is within {@value #MAX_LENGTH} characters
     */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    static InvalidRequestException refusal(int position, String message) {
        return refusal(position, message, null);
    }

    static InvalidRequestException refusal(int position, String message, @Nullable Object limit) {
        return new InvalidRequestException(new Violation(FIELD, message + " at position " + position, limit, position));
    }
}
