package io.rollcall.api.model;

/** The rules of names and identifiers, written once. */
public final class Names {

    /** The longest name or identifier, in characters. */
    public static final int MAX_LENGTH = 128;

    private static final String NAME_RULE =
            "must be 1 to 128 characters of [A-Za-z0-9._-] and start with a letter or digit";
    private static final String ID_RULE = "must be 1 to 128 characters of [A-Za-z0-9._:~-], and not . or .. alone";

    private Names() {}

    /**
     * Requires the rule of service names and namespaces.
     *
     * @param field the field that an error names
     * @param value the candidate
     * @throws InvalidRequestException if the rule does not hold
     */
    public static void requireName(String field, String value) {
        if (!isName(value)) {
            throw new InvalidRequestException(new Violation(field, NAME_RULE, MAX_LENGTH));
        }
    }

    /**
     * Requires the rule of instance identifiers.
     *
     * @param field the field that an error names
     * @param value the candidate
     * @throws InvalidRequestException if the rule does not hold
     */
    public static void requireId(String field, String value) {
        if (!isId(value)) {
            throw new InvalidRequestException(new Violation(field, ID_RULE, MAX_LENGTH));
        }
    }

    private static boolean isName(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    // "." and ".." are path segments that URL libraries resolve away: DELETE .../instances/. would lose its id and
    // become the bulk deregistration, and no path could ever name such an instance.
    private static boolean isId(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.equals(".") || value.equals("..")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-' && c != ':' && c != '~') {
                return false;
            }
        }
        return true;
    }

    // ASCII only: Character.isLetterOrDigit would let in letters that DNS, URLs and shells do not agree on.
    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
