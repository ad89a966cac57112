package io.rollcall.bench.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine that the figures come from, in facts that explain them. */
public final class Machine {

    private static final Duration SYNC_TRIAL = Duration.ofSeconds(1);
    private static final int SYNC_BLOCK_BYTES = 4096;

    private Machine() {}

    /**
     * Looks at the machine.
     *
     * @param folder where the data will lie; its disk is tried
     * @return facts by their names, in order
     * @throws IOException if the folder cannot be written
     */
    public static Map<String, String> facts(Path folder) throws IOException {
        var facts = new LinkedHashMap<String, String>();
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("processor", field(Path.of("/proc/cpuinfo"), "model name"));
        facts.put("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java of the driver", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("file system", Files.getFileStore(folder).type());
        facts.put("synced appends of 4 KiB a second", Long.toString(syncsPerSecond(folder)));
        return facts;
    }

    private static String field(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static long syncsPerSecond(Path folder) throws IOException {
        var file = folder.resolve("sync-trial");
        var block = ByteBuffer.allocateDirect(SYNC_BLOCK_BYTES);
        var count = 0L;
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var start = System.nanoTime();
            while (System.nanoTime() - start < SYNC_TRIAL.toNanos()) {
                channel.write(block.rewind());
                channel.force(false);
                count++;
            }
            return count * 1_000_000_000L / (System.nanoTime() - start);
        } finally {
            Files.delete(file);
        }
    }
}
