package io.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation shows what is compiled here, to the letter, and nothing else under its names. */
final class DocumentationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<Path> PAGES = List.of(ROOT.resolve("README.md"), ROOT.resolve("docs/client.md"));
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern BEGIN = Pattern.compile("\\s*// docs: (?!end$)([a-z-]+)");
    private static final Pattern END = Pattern.compile("\\s*// docs: end");
    private static final Pattern FENCE = Pattern.compile("```java ([a-z-]+)");

    @Test
    void theDocumentationShowsWhatIsCompiled() throws Exception {
        Map<String, String> regions = regions();
        Map<String, String> blocks = new TreeMap<>();
        for (Path page : PAGES) {
            blocks.putAll(blocks(Files.readAllLines(page)));
        }

        assertThat(blocks).isEqualTo(regions);
        assertThat(blocks).containsKeys("provider", "consumer");
    }

    @Test
    void aBlockThatDiffersIsNoticed() {
        List<String> source = List.of("    // docs: a", "    one();", "        two();", "    // docs: end");

        assertThat(regions(source)).isEqualTo(Map.of("a", "one();\n    two();"));
        assertThat(blocks(List.of("```java a", "one();", "    two();", "```", "```java", "other();", "```")))
                .isEqualTo(regions(source));
        assertThat(blocks(List.of("```java a", "one();", "three();", "```"))).isNotEqualTo(regions(source));
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("package-info.java"))
                    .sorted()
                    .toList()) {
                regions(Files.readAllLines(file))
                        .forEach((name, text) -> assertThat(regions.put(name, text))
                                .as("a second region %s in %s", name, file)
                                .isNull());
            }
        }
        return regions;
    }

    private static Map<String, String> regions(List<String> source) {
        return between(source, BEGIN, END);
    }

    private static Map<String, String> blocks(List<String> page) {
        return between(page, FENCE, Pattern.compile("```"));
    }

    private static Map<String, String> between(List<String> lines, Pattern begin, Pattern end) {
        Map<String, String> found = new TreeMap<>();
        String name = "";
        List<String> taken = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = begin.matcher(line);
            if (matcher.matches()) {
                name = matcher.group(1);
                taken.clear();
            } else if (!name.isEmpty() && end.matcher(line).matches()) {
                found.put(name, String.join("\n", taken).stripIndent().strip());
                name = "";
            } else {
                taken.add(line);
            }
        }
        assertThat(name).as("the last one begun has no end").isEmpty();
        return found;
    }
}
