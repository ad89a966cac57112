package io.rollcall.cli;

import io.rollcall.cli.demo.Demo;
import io.rollcall.cli.demo.DemoException;
import io.rollcall.cli.demo.DemoSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a registry of several nodes on this machine, with callers to look at. */
@Command(
        name = "demo",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Run a registry of three nodes on this machine, each a process of its own, with sample providers that"
                    + " register, beat and are checked, and a consumer that discovers and calls them. Ctrl-C stops all.",
            "It prints what to try; kill a node with kill -9 and watch the consumer go on. From time to time one"
                    + " provider fails its health check, and another falls silent: see how they leave and return."
        },
        footer = {
            "",
            "Examples:",
            "  rollcall demo",
            "  rollcall demo --port 9500 --data ./demo-data     keeps the data for the next time",
            "  rollcall demo --nodes 5 --empty"
        })
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes, 1 to 9. Default: ${DEFAULT-VALUE}.")
    private int nodes = DemoSettings.DEFAULT_NODES;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The first node's HTTP port; the next nodes have the next ports. Default: ${DEFAULT-VALUE}.")
    private int httpPort = DemoSettings.DEFAULT_HTTP_PORT;

    @Option(
            names = "--raft-port",
            paramLabel = "PORT",
            description = "The first node's port for the other nodes. Default: the HTTP port less 200.")
    private @Nullable Integer raftPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where data and logs lie, and stay. Default: a temporary folder that is removed at the end.")
    private @Nullable Path data;

    @Option(names = "--empty", description = "No sample providers and no consumer.")
    private boolean empty;

    @Option(
            names = "--trouble",
            paramLabel = "DURATION",
            description = "From one trouble of a sample to its next, 9s to 1h; 0s is never. Below the default all of"
                    + " it is quicker, leases and checks too. Default: 45s.")
    private Duration trouble = DemoSettings.DEFAULT_TROUBLE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final Terminal terminal;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String launcher = System.getProperty("rollcall.launcher");
        if (launcher == null) {
            throw new UsageException("the demo starts its nodes by the launcher: run bin/rollcall demo");
        }
        DemoSettings settings;
        try {
            int raft = raftPort == null ? httpPort - DemoSettings.RAFT_BELOW_HTTP : raftPort;
            settings = new DemoSettings(nodes, httpPort, raft, data, !empty, trouble, Path.of(launcher));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
        try {
            new Demo(settings, terminal.out()).run();
            return ExitStatus.OK;
        } catch (DemoException e) {
            terminal.err().println("rollcall: " + e.getMessage());
            return ExitStatus.FAILURE;
        }
    }
}
