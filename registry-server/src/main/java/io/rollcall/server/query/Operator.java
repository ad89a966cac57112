package io.rollcall.server.query;

/** How a field is compared, each with the spelling of its opposite where it has one. */
enum Operator {
    EQUAL("==", "!="),
    LESS("<", ""),
    LESS_OR_EQUAL("<=", ""),
    GREATER(">", ""),
    GREATER_OR_EQUAL(">=", ""),
    IN("in", "not in"),
    CONTAINS("contains", "not contains"),
    MATCHES("matches", "not matches"),
    SATISFIES("satisfies", "not satisfies"),
    EMPTY("is empty", "is not empty");

    private final String symbol;
    private final String opposite;

    Operator(String symbol, String opposite) {
        this.symbol = symbol;
        this.opposite = opposite;
    }

    String symbol(boolean negated) {
        return negated ? opposite : symbol;
    }

    /** Whether the operator asks for the order of two values; such an operator has no opposite spelling. */
    boolean isOrder() {
        return opposite.isEmpty();
    }

    /**
     * Decides an order.
     *
     * @param comparison of the field with the value, as {@link Comparable#compareTo}
     * @return whether this operator holds
     */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case LESS -> comparison < 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
            case IN, CONTAINS, MATCHES, SATISFIES, EMPTY -> throw new IllegalStateException(this + " is no order");
        };
    }
}
