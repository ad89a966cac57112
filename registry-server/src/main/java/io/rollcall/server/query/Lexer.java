package io.rollcall.server.query;

import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Texts;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into its pieces. */
final class Lexer {

    private static final String SINGLE_SYMBOLS = "()[],<>";
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;

    private final String expression;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String expression) {
        this.expression = expression;
    }

    /**
     * Cuts.
     *
     * @param expression any text
     * @return the pieces, the last of which is the end
     * @throws InvalidRequestException if a character has no place in any piece
     */
    static List<Token> tokens(String expression) {
        Lexer lexer = new Lexer(expression);
        while (lexer.position < expression.length()) {
            lexer.next();
        }
        lexer.add(Token.Kind.END, "", expression.length());
        return lexer.tokens;
    }

    private void next() {
        int start = position;
        char c = expression.charAt(position);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            position++;
        } else if (isLetter(c)) {
            skipWord();
            add(Token.Kind.WORD, expression.substring(start, position), start);
        } else if (isDigit(c) || (c == '-' && isDigit(peek(1)))) {
            position++;
            skipWord();
            add(Token.Kind.NUMBER, expression.substring(start, position), start);
        } else if (c == '"') {
            add(Token.Kind.STRING, escapedString(), start);
        } else if (c == '\'' || c == '`') {
            add(Token.Kind.STRING, rawString(c), start);
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) {
        int start = position;
        boolean isDouble = peek(1) == '=' && (c == '=' || c == '!' || c == '<' || c == '>');
        if (!isDouble && SINGLE_SYMBOLS.indexOf(c) < 0) {
            throw misspelled(c);
        }
        position += isDouble ? 2 : 1;
        add(Token.Kind.SYMBOL, expression.substring(start, position), start);
    }

    private InvalidRequestException misspelled(char c) {
        return switch (c) {
            case '=' -> Filter.refusal(position, "has a single =; write == to compare,");
            case '!' -> Filter.refusal(position, "has a !; write not,");
            case '&' -> Filter.refusal(position, "has a &; write and,");
            case '|' -> Filter.refusal(position, "has a |; write or,");
            default -> {
                String shown = Texts.printable(Character.toString(expression.codePointAt(position)), 2);
                yield Filter.refusal(position, "has a character that means nothing outside quotes, " + shown);
            }
        };
    }

    private String rawString(char quote) {
        int start = position;
        int end = expression.indexOf(quote, start + 1);
        if (end < 0) {
            throw Filter.refusal(start, "has a string without its closing " + quote + ", opened");
        }
        position = end + 1;
        return expression.substring(start + 1, end);
    }

    private String escapedString() {
        int start = position;
        StringBuilder content = new StringBuilder();
        position++;
        while (position < expression.length()) {
            char c = expression.charAt(position);
            if (c == '"') {
                position++;
                return content.toString();
            }
            if (c < ' ') {
                throw Filter.refusal(position, "has a control character in a string, which JSON writes as an escape,");
            }
            content.append(c == '\\' ? escape() : c);
            position++;
        }
        throw Filter.refusal(start, "has a string without its closing \", opened");
    }

    /** Reads one escape of JSON and stops at its last character. */
    private char escape() {
        int start = position++;
        return switch (peek(0)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape(start);
            default -> throw badEscape(start);
        };
    }

    private char unicodeEscape(int start) {
        int code = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            position++;
            int digit = hexDigit(peek(0));
            if (digit < 0) {
                throw badEscape(start);
            }
            code = code * HEX + digit;
        }
        return (char) code;
    }

    private static InvalidRequestException badEscape(int start) {
        return Filter.refusal(start, "has a \\ that begins no escape of JSON (in '…' and `…` it stands for itself)");
    }

    // Not Character.digit: it takes the digits of all scripts.
    private static int hexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ? Character.digit(c, HEX) : -1;
    }

    private void skipWord() {
        while (position < expression.length()) {
            char c = expression.charAt(position);
            if (!isLetter(c) && !isDigit(c) && c != '.' && c != '-') {
                return;
            }
            position++;
        }
    }

    /** The character so far ahead, or NUL behind the end. */
    private char peek(int ahead) {
        int index = position + ahead;
        return index < expression.length() ? expression.charAt(index) : '\0';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void add(Token.Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start));
    }
}
