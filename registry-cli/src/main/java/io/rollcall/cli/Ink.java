package io.rollcall.cli;

import io.rollcall.api.model.InstanceStatus;

/** A colour of text on a terminal. */
enum Ink {
    PLAIN(""),
    BOLD("1"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    MAGENTA("35"),
    CYAN("36");

    private static final String BEGIN = "\033[";
    private static final String END = "\033[0m";

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    static Ink of(InstanceStatus status) {
        return switch (status) {
            case PASSING -> GREEN;
            case WARNING -> YELLOW;
            case CRITICAL -> RED;
            case STARTING -> CYAN;
            case DRAINING, MAINTENANCE -> MAGENTA;
        };
    }

    /** The text between the signs that begin and end this colour. */
    String on(String text) {
        return this == PLAIN || text.isEmpty() ? text : BEGIN + code + "m" + text + END;
    }
}
