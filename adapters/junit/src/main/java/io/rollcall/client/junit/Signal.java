package io.rollcall.client.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A signal that freezes or thaws, sent by the shell's own {@code kill}. */
enum Signal {
    /** Freezes. */
    STOP,
    /** Thaws. */
    CONT;

    private static final int SHELL_TIMEOUT_SECONDS = 10;

    /** Sends it to a process of ours; throws if that is gone, or this system has no such signals. */
    void sendTo(long pid) {
        List<String> words = List.of("/bin/sh", "-c", "kill -" + name() + " " + pid);
        try {
            Process shell = new ProcessBuilder(words).redirectErrorStream(true).start();
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

    /** Whether the kernel shows a process as stopped; true also where the kernel shows nothing. */
    static boolean hasStopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the state of process " + pid, e);
        }
    }
}
