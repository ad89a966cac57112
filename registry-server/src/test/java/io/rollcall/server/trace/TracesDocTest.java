package io.rollcall.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/telemetry.md says of spans is what there is, and the other way round. */
final class TracesDocTest {

    /** Told by the client library, which has its own test. */
    private static final String CLIENTS = "rollcall.client.apply";

    private static final Pattern KEY = Pattern.compile("`(rollcall\\.[a-z.]+)`");

    private static String section() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "telemetry.md"));
        int begin = page.indexOf("\n## Traces\n");
        assertThat(begin).isNotNegative();
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    /** The rows of the table by their first cell. */
    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line : section().lines().toList()) {
            if (line.startsWith("| `")) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.substring(1).split("\\|", -1)) {
                    cells.add(cell.strip());
                }
                rows.put(cells.get(0).replace("`", ""), cells);
            }
        }
        return rows;
    }

    @Test
    void eachSpanHasARowAndEachRowASpan() throws IOException {
        Map<String, List<String>> rows = rows();
        rows.remove(CLIENTS);

        assertThat(rows.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        SpanNames.ALL.stream().map(SpanName::text).toList());
        assertThat(SpanNames.ALL)
                .allSatisfy(name -> assertThat(rows.get(name.text()).get(1))
                        .isEqualTo(name.kind().name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void thoseThatAreAlwaysSampledSaySo() throws IOException {
        List<String> said = rows().values().stream()
                .filter(cells -> cells.get(3).contains("Always sampled"))
                .map(cells -> cells.get(0).replace("`", ""))
                .toList();

        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(
                        SpanNames.ALWAYS.stream().map(SpanName::text).toList());
    }

    @Test
    void eachAttributeIsNamedAndEachThatIsNamedIsOne() throws IOException, IllegalAccessException {
        var known = new TreeSet<String>();
        for (Field field : SpanKeys.class.getDeclaredFields()) {
            if (field.getType() == String.class) {
                known.add((String) field.get(null));
            }
        }
        Map<String, List<String>> rows = rows();
        rows.remove(CLIENTS);
        var named = rows.values().stream()
                .flatMap(cells -> KEY.matcher(cells.get(4)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        KEY.matcher(section().substring(section().indexOf("¹ `")))
                .results()
                .map(found -> found.group(1))
                .filter(key ->
                        SpanNames.ALL.stream().noneMatch(name -> name.text().equals(key)))
                .forEach(named::add);

        known.remove(SpanKeys.ERROR_TYPE);
        assertThat(named).isEqualTo(known);
        assertThat(section()).contains("`error.type`");
    }
}
