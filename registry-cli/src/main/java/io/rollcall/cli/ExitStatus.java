package io.rollcall.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's process ends with. */
public final class ExitStatus {

    /** It did what it was told. */
    public static final int OK = 0;

    /** It did not, or it is unknown whether it did. */
    public static final int FAILURE = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** What each means, in their order. */
    static final Map<String, String> MEANINGS = meanings();

    private ExitStatus() {}

    private static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(Integer.toString(OK), "It is done.");
        meanings.put(Integer.toString(FAILURE), "It is not done, or it is unknown whether it is.");
        meanings.put(Integer.toString(USAGE), "The command line is wrong.");
        return Collections.unmodifiableMap(meanings);
    }
}
