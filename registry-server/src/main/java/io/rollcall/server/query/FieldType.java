package io.rollcall.server.query;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a field holds, and so what it may be compared with and how. */
enum FieldType {
    TEXT("a string in quotes"),
    VERSION("a version in quotes, such as \"2.1\""),
    STATUS("one of \"passing\", \"warning\", \"critical\", \"starting\", \"draining\", \"maintenance\""),
    PROTOCOL("one of \"http\", \"https\", \"grpc\", \"tcp\", \"udp\""),
    NUMBER("a whole number"),
    DURATION("a duration such as \"500ms\", \"10s\", \"5m\", \"2h\""),
    TIME("a time of RFC 3339 in quotes, such as \"2026-01-01T00:00:00Z\""),
    FLAG("true or false"),
    MAP("a key in quotes");

    private static final Set<FieldType> TEXTS = EnumSet.of(TEXT, VERSION, STATUS, PROTOCOL);
    private static final Set<FieldType> ORDERED = EnumSet.of(VERSION, NUMBER, DURATION, TIME);

    private final String expectation;

    FieldType(String expectation) {
        this.expectation = expectation;
    }

    /** Says in a message what a value must be. */
    String expectation() {
        return expectation;
    }

    boolean isText() {
        return TEXTS.contains(this);
    }

    boolean allows(Operator operator) {
        return switch (operator) {
            case EQUAL, IN -> this != MAP;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ORDERED.contains(this);
            case CONTAINS -> isText() || this == MAP;
            case MATCHES -> isText();
            case SATISFIES -> this == VERSION;
            // Numbers, durations and flags are always there.
            case EMPTY -> isText() || this == MAP || this == TIME;
        };
    }

    /** The operators that a message may offer instead of one that is not allowed. */
    String allowedOperators() {
        return EnumSet.allOf(Operator.class).stream()
                .filter(this::allows)
                .map(operator -> operator.symbol(false))
                .collect(Collectors.joining(", "));
    }
}
