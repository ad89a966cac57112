package io.rollcall.chaos.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the system that end at once, such as {@code ip}. */
final class SystemCommand {

    private static final int TIMEOUT_SECONDS = 20;

    private SystemCommand() {}

    /**
     * Runs a program.
     *
     * @param words the program and its arguments, which hold no spaces
     * @return what it printed, in lines
     * @throws IllegalStateException if it cannot be run, or does not end well
     */
    static List<String> run(String words) {
        try {
            Process process = new ProcessBuilder(Arrays.asList(words.split(" ", -1)))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("'" + words + "' failed: " + output.strip());
            }
            return output.lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run '" + words + "'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in '" + words + "'", e);
        }
    }
}
