package io.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script, in a real bash. */
final class CompletionCommandTest {

    // As bash does it at TAB: the words so far, the last of which is to be completed.
    private static final String TAB =
            "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\";"
                    + " COMP_POINT=${#COMP_LINE}; COMPREPLY=(); _complete_rollcall; printf '%s\\n' \"${COMPREPLY[@]}\"";

    @TempDir
    static Path folder;

    private static Path script;

    @BeforeAll
    static void printTheScript() throws Exception {
        script = Files.writeString(folder.resolve("rollcall"), printed("bash"));
    }

    @ParameterizedTest
    @CsvSource({
        "rollcall disc, discover",
        "rollcall serve, server",
        "rollcall config roll, rollback",
        "rollcall cluster st, status",
        "rollcall discover orders --consi, --consistency",
        "rollcall config put --content, --content-type",
        "rollcall discover orders --output js, json",
        "rollcall discover orders --protocol gr, grpc",
        "rollcall register orders o-1 --check gr, grpc",
        "rollcall services --consistency lin, linearizable",
        "rollcall completion z, zsh"
    })
    void bashCompletes(String line, String completed) throws Exception {
        assertThat(complete(line.split(" "))).extracting(String::strip).containsExactly(completed);
    }

    @Test
    void bashOffersAllThereIs() throws Exception {
        assertThat(complete("rollcall", ""))
                .extracting(String::strip)
                .contains("demo", "server", "register", "discover", "watch", "explain", "history", "config", "cluster");
        assertThat(complete("rollcall", "discover", "orders", "--status", ""))
                .extracting(String::strip)
                .contains("passing", "maintenance", "any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "ZSH"})
    void eitherShellGetsTheScript(String shell) {
        assertThat(printed(shell)).contains("bashcompinit", "complete -F _complete_rollcall");
    }

    private static List<String> complete(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", "--norc", "--noprofile", "-c", TAB, "bash", script.toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return output.lines().toList();
    }

    private static String printed(String shell) {
        TestShell typed = new TestShell();
        assertThat(typed.run("completion", shell)).isZero();
        assertThat(typed.err()).isEmpty();
        return typed.out();
    }
}
