package io.rollcall.chaos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ChaosCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryKindOfFault() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("power-loss-all", "--seed", "--duration", "--check", "exit status");
    }

    @Test
    void badOptionsAreRefusedByName() {
        assertThat(run("--faults", "kill,earthquake")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--faults").contains("earthquake");
        assertThat(run("--duration", "soon")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--duration").contains("soon");
        assertThat(run("--clients", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--clients must be 1 to 32; it is 0");
        assertThat(run("--rate", "10001")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--rate must be 1 to 10000");
        assertThat(run("--check", "/no/such/file")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("/no/such/file");
    }

    @Test
    void aSeedRepeatsWhatIsPrinted() {
        String first = schedule();
        assertThat(first).contains("seed 42").contains("1: kill").contains("5: kill");
        out.getBuffer().setLength(0);
        assertThat(schedule()).isEqualTo(first);
    }

    private String schedule() {
        assertThat(run("--seed", "42", "--faults", "kill,kill-all", "--schedule", "5"))
                .isZero();
        return out.toString();
    }

    private int run(String... args) {
        return ChaosCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
