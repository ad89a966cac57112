package io.rollcall.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.Namespace;
import io.rollcall.server.app.LocalCluster;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hundred thousand keys, through the rules, the store and the view; it says what they cost. */
final class ManyConfigsIT {

    private static final Logger LOG = LoggerFactory.getLogger(ManyConfigsIT.class);
    private static final int KEYS = 100_000;
    private static final int PER_ENTRY = 250;
    private static final String VALUE = "x".repeat(200);

    @TempDir
    private Path folder;

    @Test
    void aHundredThousandKeysAreKeptListedAndFollowed() {
        try (LocalCluster cluster = new LocalCluster(folder)) {
            long heapBefore = usedHeapMib();
            long start = System.nanoTime();
            for (int from = 0; from < KEYS; from += PER_ENTRY) {
                cluster.applyAll(puts(from));
            }
            long filled = System.nanoTime();
            ConfigView view = cluster.config;
            List<ConfigEntry> listed = new ArrayList<>();
            view.current().entries(Namespace.DEFAULT, "app/", "").forEach(listed::add);
            long walked = System.nanoTime();
            LOG.atInfo()
                    .addKeyValue("keys", KEYS)
                    .addKeyValue("fillMillis", (filled - start) / 1_000_000)
                    .addKeyValue("walkMillis", (walked - filled) / 1_000_000)
                    .addKeyValue("heapMib", usedHeapMib() - heapBefore)
                    .log("many configuration keys");

            assertThat(listed)
                    .hasSize(KEYS)
                    .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
            assertThat(cluster.value(key(KEYS - 1), 1)).isEqualTo(value());
            var waiting =
                    view.changed(ConfigScope.prefix(Namespace.DEFAULT, "app/7/"), KEYS + 1L, Duration.ofMinutes(1));
            cluster.applyAll(List.of(put(8)));
            assertThat(waiting).isNotDone();
            cluster.applyAll(List.of(put(7)));
            assertThat(waiting).isCompleted();
        }
    }

    private static List<Command> puts(int from) {
        List<Command> puts = new ArrayList<>();
        for (int i = from; i < from + PER_ENTRY; i++) {
            puts.add(put(i));
        }
        return puts;
    }

    private static Command put(int number) {
        return new Command.PutConfig(
                CommandHeader.of("r-" + System.nanoTime() + "-" + number),
                key(number),
                ContentType.DEFAULT,
                false,
                value(),
                Precondition.NONE);
    }

    private static ConfigKey key(int number) {
        return ConfigKey.of("default", "app/" + number % 1_000 + "/setting-" + number);
    }

    private static ConfigValue value() {
        return ConfigValue.of(VALUE.getBytes(StandardCharsets.UTF_8));
    }

    private static long usedHeapMib() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
    }
}
