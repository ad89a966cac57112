package io.rollcall.cli;

import java.util.Locale;

/** How results are printed. */
enum OutputFormat {
    /** The registry's answer as it was sent. */
    JSON,
    /** For people. */
    TABLE;

    // Lower case, as it is typed: help and messages use this.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
