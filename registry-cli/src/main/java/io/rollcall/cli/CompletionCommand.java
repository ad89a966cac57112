package io.rollcall.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete this program's commands and options. */
@Command(
        name = "completion",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print a script with which bash or zsh completes commands, options and their values at TAB.",
        footer = {
            "",
            "For this shell, and for those to come:",
            "  source <(rollcall completion bash)",
            "  rollcall completion bash > ~/.local/share/bash-completion/completions/rollcall",
            "",
            "In zsh, the same line in ~/.zshrc is for those to come:",
            "  source <(rollcall completion zsh)",
            "",
            "Examples:",
            "  rollcall completion bash"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final String PROGRAM = "rollcall";

    /** What the launcher starts without coming here, so that only the names are known. */
    private static final List<String> OTHERS = List.of("server", "bench", "chaos");

    /** A shell. */
    enum Shell {
        BASH,
        ZSH;

        // Lower case, as it is typed: help and messages use this.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}; the script suits both.")
    @SuppressWarnings("UnusedVariable") // so far both take the same script
    private Shell shell = Shell.BASH;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final Terminal terminal;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine line = RollcallCommand.commandLine(terminal);
        OTHERS.forEach(name -> line.addSubcommand(name, other()));
        terminal.out().println(AutoComplete.bash(PROGRAM, line));
        return ExitStatus.OK;
    }

    private static CommandSpec other() {
        return CommandSpec.create()
                .addOption(OptionSpec.builder("--help").usageHelp(true).build());
    }
}
