package io.rollcall.server.app.access;

import java.util.function.Predicate;

/** Which rows of a list a caller sees. */
public final class Sight {

    /** All of them. */
    public static final Sight FULL = new Sight(name -> true);

    private final Predicate<String> sees;

    private Sight(Predicate<String> sees) {
        this.sees = sees;
    }

    static Sight of(Predicate<String> sees) {
        return new Sight(sees);
    }

    /**
     * Tells whether nothing has to be left out, so that an answer can be shared with others who see all.
     *
     * @return true if so
     */
    public boolean isFull() {
        return this == FULL;
    }

    /**
     * Decides.
     *
     * @param name of a row
     * @return whether it is seen
     */
    public boolean sees(String name) {
        return sees.test(name);
    }
}
