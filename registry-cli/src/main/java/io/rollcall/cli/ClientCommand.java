package io.rollcall.cli;

import io.rollcall.client.RegistryClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A command that talks to a registry and ends. */
abstract class ClientCommand implements Callable<Integer> {

    @ArgGroup(validate = false, order = 9, heading = "%nConnection and output:%n")
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final Terminal terminal;

    ClientCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        Report report = new Report(terminal, connection.output(), connection.servers(terminal.environment()));
        try (RegistryClient client = connection.open(terminal.environment())) {
            return run(client, report);
        }
    }

    /** Does the work and returns the exit status. */
    abstract int run(RegistryClient client, Report report);

    final ConnectionOptions connection() {
        return connection;
    }

    final Terminal terminal() {
        return terminal;
    }
}
