package io.rollcall.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

    private static final ClassLoader LOADER = TargetTest.class.getClassLoader();
    private static final String TYPE = Sample.class.getName();

    /** What could be rewritten. */
    abstract static class Sample {

        abstract int open();

        int count(long[] values, String name) {
            return values.length + name.length();
        }

        static int count(List<String> names) {
            return names.size();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"count(long[],java.lang.String)", "count(java.util.List)"})
    void methodThatIsThereIsAccepted(String signature) {
        assertThatCode(() -> new Target(TYPE, signature).requireIn(LOADER)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "count()", "count(long[])", "counts(java.util.List)", "open()", "toString()"})
    void methodThatIsNotThereOrHasNoBodyIsRefused(String signature) {
        assertThatExceptionOfType(MutationException.class)
                .isThrownBy(() -> new Target(TYPE, signature).requireIn(LOADER))
                .withMessageContaining("must have one method " + signature + ", has 0")
                .withMessageContaining("count(long[],java.lang.String)");
    }

    @Test
    void classThatIsNotThereIsRefused() {
        assertThatExceptionOfType(MutationException.class)
                .isThrownBy(() -> new Target("io.rollcall.server.Nobody", "run()").requireIn(LOADER))
                .withMessageContaining("io.rollcall.server.Nobody must be there once, is there 0 times");
    }

    @Test
    void classThatIsThereTwiceIsRefused() {
        ClassLoader twofold = new ClassLoader(LOADER) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                List<URL> twice = new ArrayList<>(Collections.list(super.getResources(name)));
                twice.addAll(List.copyOf(twice));
                return Collections.enumeration(twice);
            }
        };

        assertThatExceptionOfType(MutationException.class)
                .isThrownBy(() -> new Target(TYPE, "count(java.util.List)").requireIn(twofold))
                .withMessageContaining("is there 2 times");
    }
}
