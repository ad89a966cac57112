package io.rollcall.api.model;

/** Tells which characters no text of the registry may carry. */
public final class Texts {

    private static final int REPLACEMENT = 0xFFFD;
    private static final char ELLIPSIS = '\u2026';

    private Texts() {}

    /**
     * Looks for control characters and for halves of surrogate pairs; the latter would be lost in UTF-8.
     *
     * @param text any text
     * @param lineEndsAllowed whether tab, line feed and carriage return may stay
     * @return true if the text must be refused
     */
    public static boolean hasForbidden(String text, boolean lineEndsAllowed) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && !(lineEndsAllowed && (c == '\t' || c == '\n' || c == '\r'))) {
                return true;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes any text fit to be shown: shortened, and without what {@link #hasForbidden} finds.
     *
     * @param text any text
     * @param maxLength most characters of the result, 2 or more
     * @return the text; cut where it ends with an ellipsis, and with U+FFFD for each forbidden character
     */
    public static String printable(String text, int maxLength) {
        String cut = text.length() <= maxLength ? text : text.substring(0, maxLength - 1);
        if (hasForbidden(cut, false)) {
            cut = cut.codePoints()
                    .map(c -> Character.isISOControl(c) || isSurrogate(c) ? REPLACEMENT : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        return text.length() <= maxLength ? cut : cut + ELLIPSIS;
    }

    // Of a stream of code points: one that is still a surrogate has lost its other half.
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
