package io.rollcall.server.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of semantic versions, as package managers write it: {@code ^2.1} (from 2.1.0, before 3), {@code ~1.4} (from
 * 1.4.0, before 1.5), {@code >=2.1 <3} (both), {@code 2.x || 4.x} (either), {@code 1.4} and {@code 1.4.x} (any patch),
 * {@code *}. A caret keeps the leftmost number that is not 0.
 *
 * <p>A pre-release is contained only where the alternative names a pre-release of the same three numbers: nobody who
 * asks for {@code ^2.1} is given 2.2.0-rc.1 or 3.0.0-rc.1.
 *
 * @param alternatives at least one; each a list of bounds that must all hold
 */
record VersionRange(List<List<Bound>> alternatives) {

    /** Longest range, in characters. */
    static final int MAX_LENGTH = 256;

    private static final String PART = "(" + SemanticVersion.NUMBER + "|[xX*])";
    private static final Pattern COMPARATOR = Pattern.compile("([<>]=?|[=^~])? *v?" + PART + "(?:\\." + PART + "(?:\\."
            + PART + ")?)?" + SemanticVersion.PRE_RELEASE_AND_BUILD + "(?: +|\\z)");
    private static final List<String> LEAST_PRE_RELEASE = List.of("0");

    /**
     * One bound.
     *
     * @param operator an order, or equality
     * @param version what versions are compared with
     */
    record Bound(Operator operator, SemanticVersion version) {}

    /**
     * Reads a range.
     *
     * @param text any
     * @return null if it is no range
     */
    static @Nullable VersionRange parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        List<List<Bound>> alternatives = new ArrayList<>();
        for (String alternative : text.split("\\|\\|", -1)) {
            List<Bound> bounds = parseAlternative(alternative.strip());
            if (bounds == null) {
                return null;
            }
            alternatives.add(bounds);
        }
        return new VersionRange(List.copyOf(alternatives));
    }

    boolean contains(SemanticVersion version) {
        for (List<Bound> bounds : alternatives) {
            if (holds(bounds, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(List<Bound> bounds, SemanticVersion version) {
        boolean isMeant = !version.isPreRelease();
        for (Bound bound : bounds) {
            if (!bound.operator.holds(version.compareTo(bound.version))) {
                return false;
            }
            isMeant = isMeant || (bound.version.isPreRelease() && bound.version.hasSameNumbers(version));
        }
        return isMeant;
    }

    private static @Nullable List<Bound> parseAlternative(String text) {
        if (text.isEmpty()) {
            return null;
        }
        List<Bound> bounds = new ArrayList<>();
        Matcher matcher = COMPARATOR.matcher(text);
        int position = 0;
        while (position < text.length()) {
            matcher.region(position, text.length());
            if (!matcher.lookingAt() || !addBounds(matcher, bounds)) {
                return null;
            }
            position = matcher.end();
        }
        return List.copyOf(bounds);
    }

    /** Adds what one comparator means; false if it means nothing. */
    private static boolean addBounds(Matcher matcher, List<Bound> bounds) {
        String operator = matcher.group(1) == null ? "=" : matcher.group(1);
        int given = numbersGiven(matcher);
        if (given < 0) {
            return false;
        }
        if (given == 0) {
            // "<*" and ">*" hold for nothing.
            return !operator.equals("<") && !operator.equals(">");
        }
        SemanticVersion floor = new SemanticVersion(
                SemanticVersion.number(matcher.group(2)),
                given < 2 ? 0 : SemanticVersion.number(matcher.group(3)),
                given < 3 ? 0 : SemanticVersion.number(matcher.group(4)),
                SemanticVersion.identifiers(matcher.group(5)));
        boolean isWhole = given == 3;
        switch (operator) {
            case "^" -> addFromTo(bounds, floor, next(floor, Math.min(given, leftmostNonZero(floor))));
            case "~" -> addFromTo(bounds, floor, next(floor, Math.min(given, 2)));
            case ">=" -> bounds.add(new Bound(Operator.GREATER_OR_EQUAL, floor));
            case ">" ->
                bounds.add(
                        isWhole
                                ? new Bound(Operator.GREATER, floor)
                                : new Bound(Operator.GREATER_OR_EQUAL, release(next(floor, given))));
            case "<" -> bounds.add(new Bound(Operator.LESS, isWhole ? floor : least(floor)));
            case "<=" ->
                bounds.add(
                        isWhole
                                ? new Bound(Operator.LESS_OR_EQUAL, floor)
                                : new Bound(Operator.LESS, next(floor, given)));
            default -> {
                if (isWhole) {
                    bounds.add(new Bound(Operator.EQUAL, floor));
                } else {
                    addFromTo(bounds, floor, next(floor, given));
                }
            }
        }
        return true;
    }

    /** How many of the three numbers stand before the first wildcard; -1 if something stands behind one. */
    private static int numbersGiven(Matcher matcher) {
        int given = 0;
        int written = 0;
        for (int part = 2; part <= 4; part++) {
            String text = matcher.group(part);
            if (text == null) {
                continue;
            }
            boolean isNumber = Character.isDigit(text.charAt(0));
            if (isNumber && given < written) {
                return -1;
            }
            given += isNumber ? 1 : 0;
            written++;
        }
        boolean hasPreRelease = matcher.group(5) != null;
        return hasPreRelease && given < 3 ? -1 : given;
    }

    private static int leftmostNonZero(SemanticVersion version) {
        if (version.major() > 0) {
            return 1;
        }
        return version.minor() > 0 ? 2 : 3;
    }

    private static void addFromTo(List<Bound> bounds, SemanticVersion from, SemanticVersion to) {
        bounds.add(new Bound(Operator.GREATER_OR_EQUAL, from));
        bounds.add(new Bound(Operator.LESS, to));
    }

    /** Below all versions, pre-releases too, in which the first {@code numbers} numbers are one higher. */
    private static SemanticVersion next(SemanticVersion version, int numbers) {
        return switch (numbers) {
            case 1 -> new SemanticVersion(version.major() + 1, 0, 0, LEAST_PRE_RELEASE);
            case 2 -> new SemanticVersion(version.major(), version.minor() + 1, 0, LEAST_PRE_RELEASE);
            default -> new SemanticVersion(version.major(), version.minor(), version.patch() + 1, LEAST_PRE_RELEASE);
        };
    }

    private static SemanticVersion least(SemanticVersion version) {
        return new SemanticVersion(version.major(), version.minor(), version.patch(), LEAST_PRE_RELEASE);
    }

    private static SemanticVersion release(SemanticVersion version) {
        return new SemanticVersion(version.major(), version.minor(), version.patch(), List.of());
    }
}
