package io.rollcall.chaos.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A signal that freezes or thaws, sent by the shell's own {@code kill}, so that no package is needed for it. */
enum Signal {
    /** Freezes. */
    STOP,
    /** Thaws. */
    CONT;

    private static final int SHELL_TIMEOUT_SECONDS = 10;

    /**
     * Sends it.
     *
     * @param pid a process of ours
     * @throws IllegalStateException if the process is gone
     */
    void sendTo(long pid) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
                    .redirectErrorStream(true)
                    .start();
            if (!shell.waitFor(SHELL_TIMEOUT_SECONDS, TimeUnit.SECONDS) || shell.exitValue() != 0) {
                throw new IllegalStateException("SIG" + name() + " did not reach process " + pid);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot send SIG" + name() + " to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name(), e);
        }
    }
}
