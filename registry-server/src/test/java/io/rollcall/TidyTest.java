package io.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The house rules that a scan of the sources can hold; each failure names file, line and rule. */
final class TidyTest {

    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;

    /** This file names what it forbids. */
    private static final Path SELF = Path.of("registry-server/src/test/java/io/rollcall/TidyTest.java");

    private record Rule(String name, Pattern forbidden, Predicate<Path> where) {}

    private static final List<Rule> RULES = List.of(
            rule("finish it, or name its issue: TODO(#12)", "\\b(TODO|HACK)\\b(?!.*#\\d)", path -> true),
            rule("finish it before it lands", "\\b(FIXME|XXX)\\b", path -> true),
            rule("a test waits for a condition (Awaitility), never for a time", "Thread\\.sleep|\\.sleep\\(", isTest()),
            rule("a disabled test is deleted, or names its issue: #12", "@Disabled(?!.*#\\d)", isTest()),
            rule(
                    "log it; only the command lines and the examples print",
                    "System\\.(out|err)\\b",
                    isCommandLine().negate()),
            rule("log it with its cause, or throw it", "\\.printStackTrace\\(", path -> true),
            rule("import each class by its name", "^import .*\\*;", path -> true),
            rule("Javadoc has no authors and dates; git has", "@(author|since)\\b", path -> true),
            rule("a suppression carries its reason on the same line", "^\\s*@SuppressWarnings\\([^/]*$", path -> true));

    private static final Pattern POOR_NAME = Pattern.compile("(Service|Manager|Helper|Utils?|Impl|Data|Info)\\.java");
    private static final Pattern TYPE = Pattern.compile("\\b(class|record|interface|enum)\\b");
    private static final Pattern MEMBER_END = Pattern.compile("( {4}| {8})}");

    @Test
    void sourcesHoldNothingForbidden() throws Exception {
        var offences = new ArrayList<String>();

        for (var file : sources()) {
            var lines = lines(file);
            RULES.stream()
                    .filter(rule -> rule.where().test(file))
                    .forEach(rule -> IntStream.range(0, lines.size())
                            .filter(i -> rule.forbidden().matcher(lines.get(i)).find())
                            .forEach(i -> offences.add(at(file, i) + rule.name() + ": "
                                    + lines.get(i).strip())));
        }

        assertThat(offences).isEmpty();
    }

    @Test
    void filesAndMethodsStayShort() throws Exception {
        var offences = new ArrayList<String>();

        for (var file : sources()) {
            var lines = lines(file);
            if (lines.size() > FILE_LINES_MAX) {
                offences.add(file + ": " + lines.size() + " lines, at most " + FILE_LINES_MAX);
            }
            for (var end = 0; end < lines.size(); end++) {
                var start = memberStart(lines, end);
                if (end - start >= METHOD_LINES_MAX) {
                    offences.add(at(file, start) + (end - start + 1) + " lines, at most " + METHOD_LINES_MAX);
                }
            }
        }

        assertThat(offences).isEmpty();
    }

    @Test
    void classesHaveNamesThatSaySomething() throws Exception {
        var poorlyNamed = sources().stream()
                .filter(file -> POOR_NAME.matcher(file.getFileName().toString()).find());

        assertThat(poorlyNamed)
                .as("name it after the domain: no Service, Manager, Helper, Util, Impl, Data, Info")
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() throws Exception {
        var folders = sources().stream()
                .filter(isTest().negate())
                .map(Path::getParent)
                .distinct();

        assertThat(folders.filter(folder -> !isNullMarked(folder)))
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    private static boolean isNullMarked(Path folder) {
        var packageInfo = SourceTree.root().resolve(folder).resolve("package-info.java");
        try {
            return Files.exists(packageInfo) && Files.readString(packageInfo).contains("@NullMarked");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of the method that ends at line {@code end}, or {@code end} if no method ends there. */
    private static int memberStart(List<String> lines, int end) {
        if (!MEMBER_END.matcher(lines.get(end)).matches()) {
            return end;
        }
        var indent = lines.get(end).indexOf('}');
        var start = end - 1;
        while (start > 0 && (lines.get(start).isBlank() || indent(lines.get(start)) > indent)) {
            start--;
        }
        return TYPE.matcher(lines.get(start)).find() ? end : start;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static Rule rule(String name, String forbidden, Predicate<Path> where) {
        return new Rule(name, Pattern.compile(forbidden), where);
    }

    private static Predicate<Path> isTest() {
        return path -> path.toString().contains("src/test/");
    }

    private static Predicate<Path> isCommandLine() {
        // The agent that breaks nodes runs before there is a log.
        return path -> path.toString().contains("/cli/")
                || path.toString().contains("/chaos/mutant/")
                || path.startsWith("benchmarks")
                || path.startsWith("examples");
    }

    private static String at(Path file, int lineIndex) {
        return file + ":" + (lineIndex + 1) + ": ";
    }

    private static List<Path> sources() throws Exception {
        var sources = SourceTree.javaSources();
        // A scan of nothing would pass for ever.
        assertThat(sources).contains(SELF);
        return sources.stream().filter(file -> !file.equals(SELF)).toList();
    }

    private static List<String> lines(Path file) throws Exception {
        return Files.readAllLines(SourceTree.root().resolve(file));
    }
}
