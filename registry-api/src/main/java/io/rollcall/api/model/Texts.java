package io.rollcall.api.model;

/** Tells which characters no text of the registry may carry. */
public final class Texts {

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
}
