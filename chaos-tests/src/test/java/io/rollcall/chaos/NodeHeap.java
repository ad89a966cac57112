package io.rollcall.chaos;

import io.rollcall.chaos.cluster.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left in a node's heap after a collection. */
final class NodeHeap {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** What a collection leaves where it did not find it worth moving what lies behind: no object at all. */
    private static final Pattern FILLER = Pattern.compile("\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*FillerElement;?");

    private static final long KIB = 1024;

    private NodeHeap() {}

    /** In KiB: what can still be reached. */
    static long liveKib(NodeProcess node) {
        // It collects first.
        String text = jcmd(node, "GC.class_histogram");
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new IllegalStateException("no total in what jcmd says of " + node.id() + ": " + text);
        }
        long bytes = Long.parseLong(total.group(1));
        Matcher filler = FILLER.matcher(text);
        while (filler.find()) {
            bytes -= Long.parseLong(filler.group(1));
        }
        return bytes / KIB;
    }

    private static String jcmd(NodeProcess node, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(node.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(jcmd + " failed: " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jcmd ran", e);
        }
    }
}
