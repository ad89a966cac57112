package io.rollcall.client.signature;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types that a test looks at. */
public final class SampleApi {

    private SampleApi() {}

    /** Not to be extended. */
    public static final class Closed {
        Closed() {}

        /** Takes and gives what may be null. */
        public @Nullable String name(List<? extends @Nullable Number> numbers, String... more) throws IOException {
            if (numbers.size() != more.length) {
                throw new IOException("not as many");
            }
            return null;
        }

        /** Of any type. */
        public static <T extends Comparable<T>> Map<String, T[]> all(@Nullable T one) {
            return Map.of();
        }

        void hidden() {}

        @Override
        public String toString() {
            return "";
        }
    }

    /** What a caller has cases for. */
    public sealed interface Shape {
        /** A member of an interface is public. */
        record Circle(int size, List<@Nullable String> names) implements Shape {
            /** Which makes it a compact one. */
            public Circle {
                names = List.copyOf(names);
            }
        }

        /** Another. */
        enum Line implements Shape {
            THICK,
            THIN;

            @Override
            public int size() {
                return this == THICK ? 2 : 1;
            }
        }

        /** How large it is. */
        int size();

        /** Tells them apart. */
        interface Cases<R> {
            /** It is this one. */
            R circle(Circle circle);
        }
    }

    /** Whose members a public type has. */
    abstract static class Base {
        /** As if it were of that. */
        public void inherited() {}
    }

    /** Has what is not its own. */
    public static class Derived extends Base implements AutoCloseable {
        /** For those who extend it. */
        protected int count;

        /** For those who extend it. */
        protected Derived() {}

        @Override
        public final void close() {}
    }
}
