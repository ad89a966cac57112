package io.rollcall.server.config;

/** How lines of the log are written. */
public enum LogFormat {
    /** Text on a terminal, else JSON. */
    AUTO,
    /** For whoever reads along. */
    TEXT,
    /** For programs: one object a line. */
    JSON;

    static LogFormat parse(String text) {
        return switch (text) {
            case "auto" -> AUTO;
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("must be auto, text or json");
        };
    }
}
