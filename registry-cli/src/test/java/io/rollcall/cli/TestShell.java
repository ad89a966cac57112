package io.rollcall.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands with an environment and an input of their own, and keeps what they print. */
final class TestShell {

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String input = "";

    /** One with an empty environment. */
    TestShell() {}

    /** One whose commands ask this server if they are told no other. */
    static TestShell asking(String server) {
        var shell = new TestShell();
        shell.set("ROLLCALL_SERVERS", server);
        return shell;
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void unset(String variable) {
        environment.remove(variable);
    }

    /** What each command from now on reads. */
    void input(String text) {
        input = text;
    }

    /** Returns the exit status. */
    int run(String... words) {
        var terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Map.copyOf(environment));
        return RollcallCommand.run(terminal, words);
    }

    /** What all commands printed. */
    String out() {
        return out.toString();
    }

    /** What they complained of. */
    String err() {
        return err.toString();
    }

    /** Forgets what was printed. */
    void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
