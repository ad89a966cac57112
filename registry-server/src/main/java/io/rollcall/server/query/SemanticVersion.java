package io.rollcall.server.query;

import io.rollcall.api.model.RegistrationRules;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of SemVer 2.0, ordered by precedence. Minor and patch may be missing and are 0 then, a leading {@code v} is
 * passed over, and build metadata is dropped, since precedence ignores it: equality is equality of precedence.
 *
 * @param major 0 or more
 * @param minor 0 or more
 * @param patch 0 or more
 * @param preRelease dot-separated identifiers; empty for a release
 */
record SemanticVersion(long major, long minor, long patch, List<String> preRelease)
        implements Comparable<SemanticVersion> {

    /** A number of the three, of at most 18 digits so that it fits a long. */
    static final String NUMBER = "0|[1-9][0-9]{0,17}";

    /** Pre-release identifiers: numbers without leading zeros, or with a letter or hyphen in them. */
    static final String PRE_RELEASE_AND_BUILD =
            "(?:-((?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?"
                    + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?";

    private static final Pattern FORM = Pattern.compile(
            "v?(" + NUMBER + ")(?:\\.(" + NUMBER + ")(?:\\.(" + NUMBER + "))?)?" + PRE_RELEASE_AND_BUILD);

    SemanticVersion {
        preRelease = List.copyOf(preRelease);
    }

    /**
     * Reads a version.
     *
     * @param text any
     * @return null if it is no such version
     */
    static @Nullable SemanticVersion parse(String text) {
        // No instance has a longer one, and the form above backtracks by recursion.
        if (text.length() > RegistrationRules.MAX_VERSION_LENGTH) {
            return null;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return new SemanticVersion(
                number(matcher.group(1)),
                number(matcher.group(2)),
                number(matcher.group(3)),
                identifiers(matcher.group(4)));
    }

    static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static List<String> identifiers(@Nullable String preRelease) {
        return preRelease == null ? List.of() : List.of(preRelease.split("\\.", -1));
    }

    boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    boolean hasSameNumbers(SemanticVersion other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        if (major != other.major) {
            return Long.compare(major, other.major);
        }
        if (minor != other.minor) {
            return Long.compare(minor, other.minor);
        }
        if (patch != other.patch) {
            return Long.compare(patch, other.patch);
        }
        if (isPreRelease() != other.isPreRelease()) {
            return isPreRelease() ? -1 : 1;
        }
        return comparePreReleases(preRelease, other.preRelease);
    }

    private static int comparePreReleases(List<String> left, List<String> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int comparison = compareIdentifiers(left.get(i), right.get(i));
            if (comparison != 0) {
                return comparison;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareIdentifiers(String left, String right) {
        boolean isLeftNumber = isNumber(left);
        if (isLeftNumber != isNumber(right)) {
            return isLeftNumber ? -1 : 1;
        }
        // Without leading zeros, the longer number is the larger one.
        if (isLeftNumber && left.length() != right.length()) {
            return Integer.compare(left.length(), right.length());
        }
        return left.compareTo(right);
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
