package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import java.util.ArrayList;
import java.util.List;

/** A parsed expression or a part of one. */
sealed interface Condition permits Condition.AllOf, Condition.AnyOf, Condition.Not, Term {

    boolean matches(Instance instance);

    /** Writes the canonical form, without parentheses around it. */
    void print(StringBuilder out);

    /** The smallest part that fails an instance which this does not match; a choice fails as a whole. */
    default Condition failing(Instance instance) {
        return this;
    }

    /**
     * Joins by {@code and}.
     *
     * @param parts at least one
     * @return the part itself if it is alone
     */
    static Condition allOf(List<Condition> parts) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            if (part instanceof AllOf inner) {
                flat.addAll(inner.parts);
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new AllOf(List.copyOf(flat));
    }

    /**
     * Joins by {@code or}.
     *
     * @param parts at least one
     * @return the part itself if it is alone
     */
    static Condition anyOf(List<Condition> parts) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            if (part instanceof AnyOf inner) {
                flat.addAll(inner.parts);
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new AnyOf(List.copyOf(flat));
    }

    /** Writes the canonical form as a part of a conjunction or negation: both are tighter than what is joined. */
    private void printAsOperand(StringBuilder out) {
        if (this instanceof AllOf || this instanceof AnyOf) {
            out.append('(');
            print(out);
            out.append(')');
        } else {
            print(out);
        }
    }

    /**
     * Parts that must all hold.
     *
     * @param parts two or more, none of them a conjunction
     */
    record AllOf(List<Condition> parts) implements Condition {

        @Override
        public boolean matches(Instance instance) {
            for (Condition part : parts) {
                if (!part.matches(instance)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Condition failing(Instance instance) {
            for (Condition part : parts) {
                if (!part.matches(instance)) {
                    return part.failing(instance);
                }
            }
            return this;
        }

        @Override
        public void print(StringBuilder out) {
            for (int i = 0; i < parts.size(); i++) {
                out.append(i == 0 ? "" : " and ");
                parts.get(i).printAsOperand(out);
            }
        }
    }

    /**
     * Parts of which one must hold.
     *
     * @param parts two or more, none of them a disjunction
     */
    record AnyOf(List<Condition> parts) implements Condition {

        @Override
        public boolean matches(Instance instance) {
            for (Condition part : parts) {
                if (part.matches(instance)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void print(StringBuilder out) {
            // No parentheses: nothing here is a disjunction, and more of them than were read could nest too deep.
            for (int i = 0; i < parts.size(); i++) {
                out.append(i == 0 ? "" : " or ");
                parts.get(i).print(out);
            }
        }
    }

    /**
     * A part that must not hold.
     *
     * @param part any
     */
    record Not(Condition part) implements Condition {

        @Override
        public boolean matches(Instance instance) {
            return !part.matches(instance);
        }

        @Override
        public void print(StringBuilder out) {
            out.append("not ");
            part.printAsOperand(out);
        }
    }
}
