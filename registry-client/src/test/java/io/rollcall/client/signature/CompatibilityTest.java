package io.rollcall.client.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is seen of an API, and which changes of it do harm. */
final class CompatibilityTest {

    private static final String SAMPLE = "io.rollcall.client.signature.SampleApi.";
    private static final String CLOSED = "public final class " + SAMPLE + "Closed";
    private static final String CASES = "public interface " + SAMPLE + "Shape.Cases<R>";
    private static final String SHAPE = "public sealed interface " + SAMPLE + "Shape";

    private final PublicApi api = PublicApi.of(List.of(
            SampleApi.Closed.class,
            SampleApi.Shape.class,
            SampleApi.Shape.Circle.class,
            SampleApi.Shape.Line.class,
            SampleApi.Shape.Cases.class,
            SampleApi.Base.class,
            SampleApi.Derived.class));

    @Test
    void whatOthersCanNameIsSeenAndNothingElse() {
        assertThat(api.types())
                .containsOnlyKeys(
                        CLOSED,
                        SHAPE,
                        CASES,
                        "public record " + SAMPLE + "Shape.Circle",
                        "public enum " + SAMPLE + "Shape.Line",
                        "public class " + SAMPLE + "Derived");
        assertThat(api.types().get(CLOSED))
                .containsExactly(
                        "public @Nullable java.lang.String name(java.util.List<? extends @Nullable java.lang.Number>,"
                                + " java.lang.String...) throws java.io.IOException",
                        "public static <T extends java.lang.Comparable<T>> java.util.Map<java.lang.String, T[]>"
                                + " all(@Nullable T)");
        assertThat(api.types().get("public class " + SAMPLE + "Derived"))
                .containsExactly(
                        "extends " + SAMPLE + "Base",
                        "implements java.lang.AutoCloseable",
                        "protected int count",
                        "protected new()",
                        "public final void close()",
                        "public void inherited()");
        assertThat(api.types().get("public record " + SAMPLE + "Shape.Circle"))
                .containsExactly(
                        "implements " + SAMPLE + "Shape",
                        "public int size()",
                        "public java.util.List<@Nullable java.lang.String> names()",
                        "public new(int, java.util.List<@Nullable java.lang.String>)");
        assertThat(api.types().get("public enum " + SAMPLE + "Shape.Line"))
                .contains("constant THICK", "constant THIN", "implements " + SAMPLE + "Shape");
        assertThat(api.types().get(SHAPE))
                .containsExactly(
                        "permits " + SAMPLE + "Shape.Circle",
                        "permits " + SAMPLE + "Shape.Line",
                        "public abstract int size()");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(PublicApi.read(api.text())).isEqualTo(api);
        assertThat(PublicApi.read("").types()).isEmpty();
    }

    @Test
    void theSameIsNoChange() {
        assertThat(Compatibility.of(api, api)).isEqualTo(new Compatibility(List.of(), List.of()));
    }

    @Test
    void whatIsGoneDoesHarm() {
        PublicApi lessByAMethod = with(CASES, members -> members.clear());
        PublicApi lessByAType = with(CASES, null);

        assertThat(Compatibility.of(api, lessByAMethod).broken())
                .containsExactly(
                        "gone or changed: " + CASES + ": public abstract R circle(" + SAMPLE + "Shape.Circle)");
        assertThat(Compatibility.of(api, lessByAType).broken()).containsExactly("gone or changed: " + CASES);
        assertThat(Compatibility.union(api, lessByAType)).isEqualTo(api);
    }

    @Test
    void whatIsNewDoesNoHarm() {
        PublicApi more = with(CLOSED, members -> members.add("public void more()"));

        assertThat(Compatibility.of(api, more))
                .isEqualTo(new Compatibility(List.of(), List.of(CLOSED + ": public void more()")));
        assertThat(Compatibility.union(api, more)).isEqualTo(more);
        assertThat(Compatibility.of(with(CLOSED, null), api).added()).containsExactly(CLOSED);
        assertThat(Compatibility.union(with(CLOSED, null), api)).isEqualTo(api);
    }

    @Test
    void whatAsksOthersForMoreDoesHarm() {
        String method = "public abstract R square(int)";
        String permitted = "permits Square";
        PublicApi oneMoreToWrite = with(CASES, members -> members.add(method));
        PublicApi oneMoreCase = with(SHAPE, members -> members.add(permitted));

        assertThat(Compatibility.of(api, oneMoreToWrite).broken())
                .containsExactly("asks for more than before: " + CASES + ": " + method);
        assertThat(Compatibility.of(api, oneMoreCase).broken())
                .containsExactly("asks for more than before: " + SHAPE + ": " + permitted);
        assertThat(Compatibility.union(api, oneMoreToWrite)).isEqualTo(api);
        // Nobody else can implement a sealed interface.
        assertThat(Compatibility.of(api, with(SHAPE, members -> members.add("public abstract int corners()")))
                        .broken())
                .isEmpty();
    }

    private interface Edit {
        void of(NavigableSet<String> members);
    }

    /** The same but for one type; without an edit it is not there. */
    private PublicApi with(String type, Edit edit) {
        TreeMap<String, NavigableSet<String>> types = new TreeMap<>(api.types());
        NavigableSet<String> members = new TreeSet<>(types.remove(type));
        if (edit != null) {
            edit.of(members);
            types.put(type, members);
        }
        return new PublicApi(types);
    }
}
