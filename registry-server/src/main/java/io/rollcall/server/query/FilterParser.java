package io.rollcall.server.query;

import io.rollcall.api.model.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads the pieces of one expression by recursive descent; {@link Filter} has the grammar. Used once. */
final class FilterParser {

    private static final String AN_OPERAND = "a field, not, ( or a key in quotes";

    private static final Map<String, Operator> SYMBOLS = Map.of(
            "==", Operator.EQUAL,
            "!=", Operator.EQUAL,
            "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL,
            ">", Operator.GREATER,
            ">=", Operator.GREATER_OR_EQUAL);

    private static final Map<String, Operator> WORDS = Map.of(
            "in", Operator.IN,
            "contains", Operator.CONTAINS,
            "matches", Operator.MATCHES,
            "satisfies", Operator.SATISFIES);

    private final List<Token> tokens;
    private final RegexBudget regexBudget = new RegexBudget();
    private int next;
    private int depth;
    private int terms;

    private FilterParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Condition parse(String expression) {
        FilterParser parser = new FilterParser(Lexer.tokens(expression));
        Condition condition = parser.anyOf();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.expected("and, or, or the end");
        }
        return condition;
    }

    private Condition anyOf() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(allOf());
        } while (acceptWord("or"));
        return Condition.anyOf(parts);
    }

    private Condition allOf() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(factor());
        } while (acceptWord("and"));
        return Condition.allOf(parts);
    }

    private Condition factor() {
        Token token = peek();
        boolean isNot = acceptWord("not");
        if (!isNot && !acceptSymbol("(")) {
            return term();
        }
        if (++depth > Filter.MAX_DEPTH) {
            throw Filter.refusal(
                    token.position(), "nests deeper than " + Filter.MAX_DEPTH + " levels", Filter.MAX_DEPTH);
        }
        Condition condition;
        if (isNot) {
            condition = new Condition.Not(factor());
        } else {
            condition = anyOf();
            requireSymbol(")", "and, or, or )");
        }
        depth--;
        return condition;
    }

    private Condition term() {
        if (++terms > Filter.MAX_TERMS) {
            throw Filter.refusal(peek().position(), "has more than " + Filter.MAX_TERMS + " terms", Filter.MAX_TERMS);
        }
        Token first = peek();
        if (first.kind() == Token.Kind.STRING) {
            return keyInField();
        }
        Field field = field(AN_OPERAND);
        Token start = peek();
        if (acceptWord("is")) {
            return emptiness(field, start);
        }
        boolean isAfterNot = acceptWord("not");
        boolean negated = isAfterNot || start.isSymbol("!=");
        Operator operator = operator(field, isAfterNot);
        requireAllowed(field, operator, start);
        return operator == Operator.IN ? memberOf(field, negated) : comparison(field, operator, negated);
    }

    private Operator operator(Field field, boolean isAfterNot) {
        Token token = peek();
        Operator operator = switch (token.kind()) {
            case SYMBOL -> isAfterNot ? null : SYMBOLS.get(token.text());
            case WORD -> WORDS.get(token.text());
            case STRING, NUMBER, END -> null;
        };
        if (operator == null) {
            throw expected(
                    isAfterNot
                            ? "in, contains, matches or satisfies"
                            : "an operator of " + field.name() + ": "
                                    + field.type().allowedOperators());
        }
        take();
        return operator;
    }

    private Condition emptiness(Field field, Token start) {
        boolean negated = acceptWord("not");
        requireWord("empty", negated ? "empty" : "empty or not empty");
        requireAllowed(field, Operator.EMPTY, start);
        return new Term(field, Operator.EMPTY, negated, List.of(), Comparisons::isEmpty);
    }

    /** {@code "env" in tags} asks for a key, {@code "web" in name} for a part: both are {@code contains}. */
    private Condition keyInField() {
        Token key = take();
        Token operatorToken = peek();
        boolean negated = acceptWord("not");
        requireWord("in", negated ? "in" : "in or not in");
        Field field = field("a field");
        requireAllowed(field, Operator.CONTAINS, operatorToken);
        return new Term(field, Operator.CONTAINS, negated, List.of(key.text()), Comparisons.contains(key.text()));
    }

    private Condition memberOf(Field field, boolean negated) {
        requireSymbol("(", "( and a list of values");
        List<Object> values = new ArrayList<>();
        do {
            values.add(Literals.read(take(), field.type()));
        } while (acceptSymbol(","));
        requireSymbol(")", ", or )");
        return new Term(field, Operator.IN, negated, values, Comparisons.oneOf(values));
    }

    private Condition comparison(Field field, Operator operator, boolean negated) {
        Token token = take();
        // A part of a status or a pattern for it need not be a status.
        boolean isWhole = operator == Operator.EQUAL || operator.isOrder();
        Object value = Literals.read(token, isWhole ? field.type() : FieldType.TEXT);
        return new Term(field, operator, negated, List.of(value), test(field, operator, token, value));
    }

    private Predicate<Object> test(Field field, Operator operator, Token token, Object value) {
        return switch (operator) {
            case EQUAL -> value::equals;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                field.type() == FieldType.VERSION
                        ? Comparisons.versionOrder(operator, token)
                        : Comparisons.order(operator, value);
            case CONTAINS -> Comparisons.contains(token.text());
            case MATCHES -> Comparisons.matches(regexBudget.compile(token));
            case SATISFIES -> Comparisons.satisfies(token);
            case IN, EMPTY -> throw new IllegalStateException(operator + " does not take one value");
        };
    }

    private Field field(String expectation) {
        Token token = peek();
        if (token.kind() != Token.Kind.WORD) {
            throw expected(expectation);
        }
        take();
        String name = token.text();
        if (name.equals(Field.TAGS) && acceptSymbol("[")) {
            return bracketedTag();
        }
        if (name.startsWith(Field.TAGS + ".")) {
            String key = name.substring(Field.TAGS.length() + 1);
            if (key.isEmpty()) {
                throw Filter.refusal(token.position(), "expects a key after tags. but has none");
            }
            return Field.tag(key);
        }
        Field field = Field.named(name);
        if (field == null) {
            throw unknown(token);
        }
        return field;
    }

    private Field bracketedTag() {
        if (peek().kind() != Token.Kind.STRING) {
            throw expected("a key in quotes");
        }
        Field field = Field.tag(take().text());
        requireSymbol("]", "]");
        return field;
    }

    private static InvalidRequestException unknown(Token token) {
        String name = token.text();
        int dot = name.indexOf('.');
        String head = dot < 0 ? name : name.substring(0, dot);
        String reason = Field.reasonAgainst(head);
        if (reason != null) {
            return Filter.refusal(token.position(), "names " + head + ", which " + reason + ",");
        }
        return Filter.refusal(
                token.position(),
                "names the unknown field " + token.shown() + "; known are " + String.join(", ", Field.names()) + ";");
    }

    private static void requireAllowed(Field field, Operator operator, Token token) {
        if (!field.type().allows(operator)) {
            throw Filter.refusal(
                    token.position(),
                    "cannot ask " + operator.symbol(false) + " of " + field.name() + ", which takes "
                            + field.type().allowedOperators() + ",");
        }
    }

    private void requireWord(String word, String expectation) {
        if (!acceptWord(word)) {
            throw expected(expectation);
        }
    }

    private void requireSymbol(String symbol, String expectation) {
        if (!acceptSymbol(symbol)) {
            throw expected(expectation);
        }
    }

    private boolean acceptWord(String word) {
        return accept(peek().isWord(word));
    }

    private boolean acceptSymbol(String symbol) {
        return accept(peek().isSymbol(symbol));
    }

    private boolean accept(boolean isIt) {
        if (isIt) {
            next++;
        }
        return isIt;
    }

    private InvalidRequestException expected(String expectation) {
        return Literals.expected(peek(), expectation);
    }

    private Token peek() {
        return tokens.get(next);
    }

    // The end is never passed: who takes it for a value is refused by its kind.
    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }
}
