package io.rollcall.chaos.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What is needed to repeat a run.
 *
 * @param seed that was given for all scenarios; empty if each drew its own
 * @param commit of the sources, with a note if they were changed; {@code unknown} outside a checkout
 * @param command the line that started the run
 * @param machine where it took place
 */
public record Origin(String seed, String commit, String command, Machine machine) {

    private static final String SEED = "rollcall.test.seed";
    private static final int GIT_LIMIT_SECONDS = 10;

    /**
     * Asks the process and the checkout that it runs in.
     *
     * @return this run's
     */
    public static Origin current() {
        return new Origin(System.getProperty(SEED, ""), sourceCommit(), commandLine(), Machine.current());
    }

    private static String commandLine() {
        // Maven's start script leaves its arguments for the JVMs that it forks.
        String arguments = System.getenv("MAVEN_CMD_LINE_ARGS");
        return arguments == null ? System.getProperty("sun.java.command", "") : "mvn " + arguments.strip();
    }

    private static String sourceCommit() {
        String commit = git("rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        return git("status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + " with changes";
    }

    /** What git prints; empty if there is none, or no checkout. */
    private static String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(GIT_LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? output.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
