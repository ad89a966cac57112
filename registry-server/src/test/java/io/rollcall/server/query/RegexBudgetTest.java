package io.rollcall.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Violation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexBudgetTest {

    private static final String LONG_TEXT = "x".repeat(512);
    private static final long SMALL_STACK_BYTES = 256 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
                "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$",
                "^(a|b|c)+$",
                "(?i)orders-[0-9]+",
                "^\\p{Lu}{2,20}$",
                "a{190}",
            })
    void patternsOfUseAreTaken(String regex) {
        assertThat(Filter.parse("name matches `" + regex + "`").matches(Samples.full()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{1000}){1000}){1000})",
                "(((a{99}){99}){99})",
                "((((a?){30}){30}){30}){30}",
                "(((a{1000})\\Q\\E{1000})\\Q\\E{1000})",
                "(a{2}){101}",
                "(a{1000,}){1000,}",
                "(a{0,1000}){0,1000}",
                "(?:(?:a{100})(?i){100}){100}",
                "a{201}",
                "a{2000}",
                "a{99999999999999999999}",
                "a{150}b{150}",
            })
    void patternThatRepetitionsBlowUpIsRefusedBeforeItIsCompiled(String regex) {
        Violation refusal = FilterRefusalTest.refusalOf("name matches `" + regex + "`");

        assertThat(refusal.limit()).isEqualTo(RegexBudget.MAX_PROGRAM_SIZE);
        assertThat(refusal.position()).isEqualTo(13);
        assertThat(refusal.message()).contains("cost more than 200 steps");
    }

    @Test
    void largestProgramThatIsTriedIsSmall() {
        Violation refusal = FilterRefusalTest.refusalOf("name matches `(" + "a".repeat(504) + "){200}`");

        assertThat(refusal.limit()).isEqualTo(RegexBudget.MAX_PROGRAM_SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)\u1c80",
                "(?i)[\u1c7f-\u1c89]",
                "(?i)[a-\\x{ffff}]",
                "(?i)\\x{1c80}",
                "(?i)[\\001-\\x{1fff}]",
                "(?s-i:x)(?mi:\u1c80)",
                "(?-i)\u1c80",
            })
    void foldingBeyondAsciiIsRefusedSinceItMayNeverEnd(String regex) {
        Violation refusal = FilterRefusalTest.refusalOf("name matches `" + regex + "`");

        assertThat(refusal.message()).contains("the flag i and characters beyond ASCII");
        assertThat(refusal.position()).isEqualTo(13);
    }

    @Test
    void foldingOfPlainCharactersAndGroupsIsTaken() {
        assertThat(Filter.parse("name matches `(?i)^ORD[D-F]RS$`").matches(Samples.full()))
                .isTrue();
        assertThat(Filter.parse("tags.team matches `^(?i:\\p{L}+) `").matches(Samples.full()))
                .isTrue();
        assertThat(Filter.parse("tags.k matches `\u1c80[\u1c7f-\u1c89]`").matches(Samples.withTag("k", "\u1c80\u1c81")))
                .isTrue();
    }

    @Test
    void lengthIsBound() {
        Violation refusal = FilterRefusalTest.refusalOf("name matches `" + "a".repeat(513) + "`");

        assertThat(refusal.limit()).isEqualTo(RegexBudget.MAX_LENGTH);
        assertThat(refusal.message()).contains("more than 512 characters");
    }

    @Test
    void costIsOfAllPatternsTogether() {
        String third = "name matches `a{60}`";
        assertThat(Filter.parse(third + " or " + third + " or " + third).matches(Samples.full()))
                .isFalse();

        Violation refusal = FilterRefusalTest.refusalOf(String.join(" or ", third, third, third, third));

        assertThat(refusal.limit()).isEqualTo(RegexBudget.MAX_PROGRAM_SIZE);
        assertThat(refusal.position()).isEqualTo(3 * (third.length() + 4) + 13);
    }

    @ParameterizedTest
    @MethodSource
    void catastrophicPatternsEndSoonOnASmallStack(String regex)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> verdict = new CompletableFuture<>();
        Runnable match = () -> {
            try {
                Filter filter = Filter.parse("tags.k matches `" + regex + "`");
                verdict.complete(filter.matches(Samples.withTag("k", LONG_TEXT)));
            } catch (Throwable e) {
                verdict.completeExceptionally(e);
            }
        };
        new Thread(null, match, "small stack", SMALL_STACK_BYTES).start();

        assertThat(verdict.get(10, TimeUnit.SECONDS)).isIn(true, false);
    }

    static Stream<String> catastrophicPatternsEndSoonOnASmallStack() {
        return Stream.of(
                "(x+x+)+y",
                "(x*)*y",
                "(x|x)*y",
                "(x|xx)+$y",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "x{0,60}y",
                "(x?){35}y",
                "(?:x?){14}x{14}y",
                ".*.*.*.*.*.*.*.*y",
                "((((((((((x*)*)*)*)*)*)*)*)*)*)*y",
                "(".repeat(90) + "x" + ")".repeat(90),
                "(?:".repeat(120) + "x" + ")".repeat(120),
                "x|".repeat(200) + "xy");
    }
}
