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

    private static final Pattern USED =
            Pattern.compile("(?:generation|heap|DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");

    private NodeHeap() {}

    /** In KiB. */
    static long liveKib(NodeProcess node) {
        jcmd(node, "GC.run");
        String text = jcmd(node, "GC.heap_info");
        Matcher used = USED.matcher(text);
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        if (sum == 0) {
            throw new IllegalStateException("no heap in what jcmd says of " + node.id() + ": " + text);
        }
        return sum;
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
