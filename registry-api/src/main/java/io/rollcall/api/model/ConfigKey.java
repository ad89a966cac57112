package io.rollcall.api.model;

import java.util.Comparator;

/**
 * The key of a configuration value in its namespace. Keys sort by namespace, then by path, character by character.
 *
 * @param namespace the namespace
 * @param path 1 to {@value #MAX_LENGTH} characters: segments of {@code [A-Za-z0-9._~-]} separated by single slashes, none
 *     of them {@code .} or {@code ..}
 */
public record ConfigKey(Namespace namespace, String path) implements Comparable<ConfigKey> {

    /** The longest path, in characters. */
    public static final int MAX_LENGTH = 512;

    private static final String RULE = "must be 1 to " + MAX_LENGTH
            + " characters: segments of [A-Za-z0-9._~-] separated by single slashes, none of them . or ..";
    private static final String PREFIX_RULE =
            "must be at most " + MAX_LENGTH + " characters of [A-Za-z0-9._~/-], without a leading slash";

    private static final Comparator<ConfigKey> ORDER =
            Comparator.comparing(ConfigKey::namespace).thenComparing(ConfigKey::path);

    /**
     * Checks the rule.
     *
     * @throws InvalidRequestException naming {@code key}
     */
    public ConfigKey {
        if (!isPath(path)) {
            throw new InvalidRequestException(new Violation("key", RULE, MAX_LENGTH));
        }
    }

    /**
     * A key from texts.
     *
     * @param namespace a valid namespace
     * @param path a valid path
     * @return the key
     * @throws InvalidRequestException naming the bad part
     */
    public static ConfigKey of(String namespace, String path) {
        return new ConfigKey(new Namespace(namespace), path);
    }

    /**
     * Requires the rule of prefixes: what a path can begin with.
     *
     * @param field what the violation names
     * @param prefix the candidate; empty for all paths
     * @return the prefix
     * @throws InvalidRequestException naming the field
     */
    public static String requirePrefix(String field, String prefix) {
        boolean fits = prefix.length() <= MAX_LENGTH && !prefix.startsWith("/");
        for (int i = 0; fits && i < prefix.length(); i++) {
            fits = prefix.charAt(i) == '/' || isSegmentCharacter(prefix.charAt(i));
        }
        if (!fits) {
            throw new InvalidRequestException(new Violation(field, PREFIX_RULE, MAX_LENGTH));
        }
        return prefix;
    }

    // "." and ".." are segments that URL libraries resolve away, and an empty one is lost by proxies that join slashes:
    // the request would be about another key.
    private static boolean isPath(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            return false;
        }
        int begin = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                if (!isSegment(path.substring(begin, i))) {
                    return false;
                }
                begin = i + 1;
            } else if (!isSegmentCharacter(path.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSegment(String segment) {
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }

    private static boolean isSegmentCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '-';
    }

    @Override
    public int compareTo(ConfigKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + path;
    }
}
