package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import java.util.List;
import java.util.function.Predicate;

/**
 * One comparison of one field.
 *
 * @param field what is compared
 * @param operator how
 * @param negated whether the opposite must hold
 * @param values as written; empty for {@link Operator#EMPTY}
 * @param test decides a value that is there
 */
record Term(Field field, Operator operator, boolean negated, List<Object> values, Predicate<Object> test)
        implements Condition {

    Term {
        values = List.copyOf(values);
    }

    @Override
    public boolean matches(Instance instance) {
        Object value = field.of(instance);
        boolean holds = value == null ? operator == Operator.EMPTY : test.test(value);
        return holds != negated;
    }

    @Override
    public void print(StringBuilder out) {
        out.append(field.name()).append(' ').append(operator.symbol(negated));
        if (operator == Operator.IN) {
            out.append(" (");
            for (int i = 0; i < values.size(); i++) {
                out.append(i == 0 ? "" : ", ").append(Literals.print(values.get(i)));
            }
            out.append(')');
        } else {
            values.forEach(value -> out.append(' ').append(Literals.print(value)));
        }
    }
}
