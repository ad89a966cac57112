package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.List;

/** The line that runs one scenario of a report again. */
final class RepeatCommand {

    private static final String LONG_SCENARIOS = "-Pchaos";

    private final boolean longScenarios;

    RepeatCommand(Origin origin) {
        this.longScenarios = origin.command().contains(LONG_SCENARIOS);
    }

    /** The line's words, none of which holds a space. */
    List<String> words(ScenarioResult result) {
        List<String> words = new ArrayList<>(List.of("mvn", "-B", "verify", "-pl", "chaos-tests", "-am"));
        if (longScenarios) {
            words.add(LONG_SCENARIOS);
        }
        words.add("-Dtest=NoUnitTest");
        words.add("-Dit.test='" + pattern(result.name()) + "'");
        if (result.seed() != 0) {
            words.add("-Drollcall.test.seed=" + result.seed());
        }
        words.add("-Dsurefire.failIfNoSpecifiedTests=false");
        words.add("-Dfailsafe.failIfNoSpecifiedTests=false");
        return words;
    }

    /** Maven's way to say it: {@code KillIT.Inner.dies [1] n1} is {@code KillIT$Inner#dies}, all its arguments. */
    private static String pattern(String name) {
        String words = name.split(" ", 2)[0];
        int dot = words.lastIndexOf('.');
        boolean method = dot >= 0 && dot + 1 < words.length() && Character.isLowerCase(words.charAt(dot + 1));
        return method
                ? words.substring(0, dot).replace('.', '$') + "#" + words.substring(dot + 1)
                : words.replace('.', '$');
    }
}
