package io.rollcall.server.trace;

import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context: {@code 00-<32 hexadecimal>-<16 hexadecimal>-<flags>}. It is read on every
 * request, so by hand.
 */
public final class TraceParents {

    /** Of version 00, and of the known part of any later one. */
    static final int LENGTH = 55;

    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;
    private static final int SPAN_START = 36;
    private static final int SPAN_END = 52;
    private static final int FLAGS_START = 53;
    private static final int SAMPLED = 1;

    private TraceParents() {}

    /**
     * Reads a header.
     *
     * @param header as it came; null if it did not
     * @return in version 00, whatever version it came in; null if it is not valid
     */
    public static @Nullable String of(@Nullable String header) {
        if (header == null || header.length() < LENGTH || !isWellFormed(header)) {
            return null;
        }
        boolean isFirstVersion = header.startsWith("00");
        if (header.length() == LENGTH) {
            return isFirstVersion ? header : "00" + header.substring(2);
        }
        // A later version may say more behind what is known, and only there.
        return isFirstVersion || header.charAt(LENGTH) != '-' ? null : "00" + header.substring(2, LENGTH);
    }

    private static boolean isWellFormed(String text) {
        boolean isForbidden = text.startsWith("ff");
        return !isForbidden
                && isHexadecimal(text, 0, 2)
                && text.charAt(2) == '-'
                && isHexadecimal(text, TRACE_START, TRACE_END)
                && !isZero(text, TRACE_START, TRACE_END)
                && text.charAt(TRACE_END) == '-'
                && isHexadecimal(text, SPAN_START, SPAN_END)
                && !isZero(text, SPAN_START, SPAN_END)
                && text.charAt(SPAN_END) == '-'
                && isHexadecimal(text, FLAGS_START, LENGTH);
    }

    private static boolean isHexadecimal(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether the caller's span is sampled.
     *
     * @param traceParent valid; null if there is none
     * @return false if there is none
     */
    public static boolean isSampled(@Nullable String traceParent) {
        // A log entry holds what any version took for one.
        return traceParent != null
                && traceParent.length() == LENGTH
                && (Character.digit(traceParent.charAt(LENGTH - 1), 16) & SAMPLED) != 0;
    }

    /**
     * Returns the id of the trace.
     *
     * @param traceParent valid
     * @return 32 hexadecimal characters
     */
    public static String traceId(String traceParent) {
        return traceParent.substring(TRACE_START, TRACE_END);
    }

    /**
     * Returns the id of the span.
     *
     * @param traceParent valid
     * @return 16 hexadecimal characters
     */
    public static String spanId(String traceParent) {
        return traceParent.substring(SPAN_START, SPAN_END);
    }
}
