package io.rollcall.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.client.answer.ConfigPage.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an import would change. */
final class ConfigDiff {

    private static final String INDENT = "      ";

    /**
     * One key that differs.
     *
     * @param path of the key
     * @param before as it is; null if it is not there
     * @param after as it would be; null if it would be deleted
     */
    record Change(String path, @Nullable Listed before, ConfigArchive.@Nullable Item after) {}

    private final List<Change> changes;
    private final int same;

    private ConfigDiff(List<Change> changes, int same) {
        this.changes = changes;
        this.same = same;
    }

    /** Compares; {@code deleting} tells whether what is not among the items goes. */
    static ConfigDiff of(SortedMap<String, Listed> present, List<ConfigArchive.Item> items, boolean deleting) {
        List<Change> changes = new ArrayList<>();
        SortedMap<String, Listed> others = new TreeMap<>(present);
        int same = 0;
        for (ConfigArchive.Item item : items) {
            Listed before = others.remove(item.path());
            if (before != null && isSame(before, item)) {
                same++;
            } else {
                changes.add(new Change(item.path(), before, item));
            }
        }
        if (deleting) {
            others.forEach((path, before) -> changes.add(new Change(path, before, null)));
        }
        return new ConfigDiff(changes, same);
    }

    private static boolean isSame(Listed before, ConfigArchive.Item after) {
        ConfigEntry entry = before.entry();
        return entry.contentType().equals(after.contentType())
                && entry.secret() == after.secret()
                && isValue(before, after);
    }

    /** What is not shown is not known to be the same. */
    private static boolean isValue(Listed before, ConfigArchive.Item after) {
        ConfigValue value = before.value();
        return value != null && value.equals(after.value());
    }

    List<Change> changes() {
        return changes;
    }

    /** Each change with its key and its kind, for programs; {@code made} is how many of them were made. */
    ObjectNode json(int made) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("made", made);
        json.put("same", same);
        ArrayNode list = json.putArray("changes");
        for (Change change : changes) {
            list.addObject().put("key", change.path()).put("kind", kind(change));
        }
        return json;
    }

    private static String kind(Change change) {
        if (change.before() == null) {
            return "new";
        }
        return change.after() == null ? "deleted" : "changed";
    }

    void print(Terminal terminal) {
        changes.forEach(change -> print(change, terminal));
        long added = changes.stream().filter(change -> change.before() == null).count();
        long deleted = changes.stream().filter(change -> change.after() == null).count();
        terminal.out()
                .printf(
                        "%d new, %d changed, %d deleted, %d the same%n",
                        added, changes.size() - added - deleted, deleted, same);
    }

    private static void print(Change change, Terminal terminal) {
        Listed before = change.before();
        ConfigArchive.Item after = change.after();
        if (before == null && after != null) {
            terminal.show(line("+", Ink.GREEN, change, describe(after)));
        } else if (before != null && after == null) {
            terminal.show(line("-", Ink.RED, change, "version " + before.entry().version()));
        } else if (before != null && after != null) {
            terminal.show(line("~", Ink.YELLOW, change, difference(before, after)));
            printLines(before, after, terminal);
        }
    }

    private static ColouredText line(String sign, Ink ink, Change change, String what) {
        return ColouredText.of("  ").plus(ColouredText.of(sign, ink)).plus(" " + change.path() + "  " + what);
    }

    private static String describe(ConfigArchive.Item item) {
        return ConfigText.quantity(item.value().size(), "byte") + ", " + item.contentType()
                + (item.secret() ? ", secret" : "");
    }

    private static String difference(Listed before, ConfigArchive.Item after) {
        ConfigEntry entry = before.entry();
        List<String> parts = new ArrayList<>();
        if (before.value() == null) {
            parts.add("secret, cannot be compared without --reveal");
        } else if (!isValue(before, after)) {
            parts.add(entry.size() + " -> " + after.value());
        }
        if (!entry.contentType().equals(after.contentType())) {
            parts.add(entry.contentType() + " -> " + after.contentType());
        }
        if (entry.secret() != after.secret()) {
            parts.add(after.secret() ? "becomes secret" : "is secret no more");
        }
        return String.join(", ", parts);
    }

    private static void printLines(Listed before, ConfigArchive.Item after, Terminal terminal) {
        ConfigValue value = before.value();
        if (value == null || before.entry().secret() || after.secret()) {
            return;
        }
        Optional<String> old = ConfigText.of(value);
        Optional<String> now = ConfigText.of(after.value());
        if (old.isPresent() && now.isPresent()) {
            LineDiff.of(old.get(), now.get())
                    .forEach(line -> terminal.show(ColouredText.of(INDENT).plus(ColouredText.of(line, ink(line)))));
        }
    }

    private static Ink ink(String line) {
        if (line.startsWith("+")) {
            return Ink.GREEN;
        }
        return line.startsWith("-") ? Ink.RED : Ink.PLAIN;
    }
}
