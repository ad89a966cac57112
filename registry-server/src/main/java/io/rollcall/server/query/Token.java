package io.rollcall.server.query;

import io.rollcall.api.model.Texts;

/**
 * One piece of an expression.
 *
 * @param kind what it is
 * @param text as written; of a string, its content
 * @param position of its first character in the expression, from 0
 */
record Token(Kind kind, String text, int position) {

    private static final int MAX_SHOWN = 40;

    /** The kinds of pieces. */
    enum Kind {
        /** Begins with a letter: a field or a word of the language. */
        WORD,
        /** In quotes. */
        STRING,
        /** Begins with a digit: a number, or a number with a unit. */
        NUMBER,
        /** An operator, a parenthesis, a bracket or a comma. */
        SYMBOL,
        /** The end of the expression. */
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** As a message shows it. */
    String shown() {
        String shown = Texts.printable(text, MAX_SHOWN);
        return kind == Kind.STRING ? "\"" + shown + "\"" : shown;
    }
}
