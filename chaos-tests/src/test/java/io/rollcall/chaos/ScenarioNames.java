package io.rollcall.chaos;

import java.lang.reflect.Method;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What test methods are called in the report. */
final class ScenarioNames {

    private static final String INVOCATION = "[test-template-invocation:";

    private ScenarioNames() {}

    /** Tells whether the context is that of a method in an {@code *IT}. */
    static boolean isScenario(ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && context.getTestClass()
                        .map(type -> isScenario(type.getName()))
                        .orElse(false);
    }

    /** Tells whether a class, by its binary name, is an {@code *IT} or nested in one. */
    static boolean isScenario(String className) {
        return simple(className).split("\\.", 2)[0].endsWith("IT");
    }

    /** Class and method; for one of several invocations also what JUnit shows of its arguments. */
    static String name(ExtensionContext context) {
        String name = simple(context.getRequiredTestClass().getName()) + "."
                + context.getRequiredTestMethod().getName();
        return isInvocation(context) ? name + " " + context.getDisplayName() : name;
    }

    /** What {@link DisplayName} says, else the words of the method's name. */
    static String title(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        DisplayName given = method.getAnnotation(DisplayName.class);
        String title = given != null ? given.value() : words(method.getName());
        return isInvocation(context) ? title + ": " + context.getDisplayName() : title;
    }

    /** Takes a name in camel case apart: {@code leaderLosesPower} is "Leader loses power". */
    static String words(String name) {
        String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    /** The class without its package, nested ones with a dot. */
    static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static boolean isInvocation(ExtensionContext context) {
        return context.getUniqueId().contains(INVOCATION);
    }
}
