package io.rollcall.server;

import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.ServerCommandLine;
import io.rollcall.server.config.ServerSettings;
import org.slf4j.LoggerFactory;

/** The process of a node. */
public final class Main {

    private Main() {}

    /**
     * Runs a node until it is told to stop.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        ServerCommandLine commandLine = new ServerCommandLine();
        try {
            ServerCommandLine.Parsed parsed = commandLine.parse(arguments);
            if (parsed.helpAsked()) {
                commandLine.printHelp();
                return;
            }
            RegistryServer server = new RegistryServer(ServerSettings.load(parsed.texts(), System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.stop();
                Runtime.getRuntime().halt(0);
            }));
            server.start();
            Thread.currentThread().join();
        } catch (ConfigurationException e) {
            commandLine.printError(String.valueOf(e.getMessage()));
            System.exit(2);
        } catch (Exception e) {
            LoggerFactory.getLogger(Main.class).atError().setCause(e).log("the node cannot start");
            System.exit(1);
        }
    }
}
