package io.rollcall.server.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.rollcall.api.model.InvalidRequestException;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What the regular expressions of one filter may cost together. RE2 matches in time linear in the text, but also linear
 * in the size of the program that it compiles, and counted repetitions multiply that: {@code ((a{1000}){1000}){1000}} is
 * 24 characters and a thousand million instructions.
 */
final class RegexBudget {

    /** Longest regular expression, in characters. */
    static final int MAX_LENGTH = 512;

    /** Most instructions of all regular expressions of one filter, and the most that counted repetitions may make of one. */
    static final int MAX_PROGRAM_SIZE = 200;

    // Larger counts are refused by RE2 itself.
    private static final int MAX_COUNT = 1_000;
    private static final int MAX_COUNT_DIGITS = 4;

    private static final java.util.regex.Pattern COUNTED =
            java.util.regex.Pattern.compile("(\\\\E|.|^)\\{([0-9]+)(?:,([0-9]*))?}", java.util.regex.Pattern.DOTALL);
    // RE2/J 1.8 never ends to compile (?i) with U+1C80 to U+1C88, or a range that holds them (google/re2j issue 168):
    // with the flag, all characters must be plain. Flags are not told from their opposite, as in (?-i).
    private static final java.util.regex.Pattern CASE_INSENSITIVE =
            java.util.regex.Pattern.compile("\\(\\?[a-zA-Z-]*i");
    private static final java.util.regex.Pattern NOT_PLAIN =
            java.util.regex.Pattern.compile("[^\\x00-\\x7f]|\\\\[x0-7]");

    // After these, what is repeated may hold repetitions itself. "\Q\E" between a group and its count hides the group.
    private static final String ENDS_OF_COMPOUNDS = ")}*+?\\E";

    private int spent;

    /**
     * Compiles.
     *
     * @param literal a string
     * @return a pattern whose use is bounded
     * @throws InvalidRequestException if it is no regular expression of RE2, or too costly
     */
    Pattern compile(Token literal) {
        String regex = literal.text();
        if (regex.length() > MAX_LENGTH) {
            throw Filter.refusal(
                    literal.position(),
                    "has a regular expression of more than " + MAX_LENGTH + " characters",
                    MAX_LENGTH);
        }
        if (growth(regex) > MAX_PROGRAM_SIZE) {
            throw tooCostly(literal);
        }
        if (CASE_INSENSITIVE.matcher(regex).find() && NOT_PLAIN.matcher(regex).find()) {
            throw Filter.refusal(
                    literal.position(),
                    "has a regular expression with the flag i and characters beyond ASCII or escapes by number, which"
                            + " do not go together,");
        }
        Pattern pattern = parse(literal);
        spent += pattern.programSize();
        if (spent > MAX_PROGRAM_SIZE) {
            throw tooCostly(literal);
        }
        return pattern;
    }

    private static Pattern parse(Token literal) {
        try {
            return Pattern.compile(literal.text());
        } catch (PatternSyntaxException e) {
            throw Filter.refusal(
                    literal.position(), "expects a regular expression of RE2 but has one with " + e.getDescription());
        }
    }

    /**
     * By how much counted repetitions may multiply a part of the expression, before they are compiled: at most by all
     * counts of groups, which may be nested, and the largest count of a single character. Brackets and escapes are not
     * understood, which can only make it more.
     */
    private static long growth(String regex) {
        long ofGroups = 1;
        long ofOne = 1;
        Matcher counted = COUNTED.matcher(regex);
        // The character before a count may be the end of the count before.
        for (int from = 0; counted.find(from); from = counted.end() - 1) {
            long count = Math.max(count(counted.group(2)), count(counted.group(3)));
            if (ENDS_OF_COMPOUNDS.contains(counted.group(1))) {
                ofGroups = Math.min(ofGroups * count, (long) MAX_COUNT * MAX_COUNT);
            } else {
                ofOne = Math.max(ofOne, count);
            }
        }
        return ofGroups * ofOne;
    }

    private static long count(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 1;
        }
        return digits.length() > MAX_COUNT_DIGITS ? MAX_COUNT : Math.max(1, Long.parseLong(digits));
    }

    private static InvalidRequestException tooCostly(Token literal) {
        return Filter.refusal(
                literal.position(),
                "has regular expressions that cost more than " + MAX_PROGRAM_SIZE
                        + " steps a character; shorten them or count fewer repetitions,",
                MAX_PROGRAM_SIZE);
    }
}
