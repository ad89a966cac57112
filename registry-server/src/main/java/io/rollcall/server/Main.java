package io.rollcall.server;

import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.ServerCommandLine;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.raft.HaltOnFault;
import io.rollcall.server.telemetry.NodeLog;
import io.rollcall.server.telemetry.Telemetry;
import io.rollcall.server.telemetry.TelemetrySettingsException;
import io.rollcall.statemachine.apply.FaultHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The process of a node. */
public final class Main {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /**
     * Runs a node until it is told to stop. The exit status is 0 after a clean stop, 1 after a failure, 2 for bad
     * options or settings.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        ServerCommandLine commandLine = new ServerCommandLine();
        try {
            ServerCommandLine.Parsed parsed = commandLine.parse(arguments);
            if (parsed.helpAsked()) {
                commandLine.printHelp();
            } else {
                run(ServerSettings.load(parsed.texts(), System.getenv()));
            }
        } catch (ConfigurationException | TelemetrySettingsException e) {
            commandLine.printError(String.valueOf(e.getMessage()));
            System.exit(USAGE);
        }
    }

    private static void run(ServerSettings settings) {
        NodeLog log = NodeLog.of(settings.log().format());
        Telemetry telemetry = Telemetry.of(settings.node().id(), version());
        log.exportBy(telemetry.openTelemetry());
        FaultHandler faults = new HaltOnFault();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught(faults, thread, failure));
        log(settings);
        AtomicInteger exitStatus = new AtomicInteger();
        try {
            RegistryServer server = new RegistryServer(settings, telemetry, faults);
            Runnable ending = () -> end(server, telemetry);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> stop(ending, settings.node().shutdownTimeout(), exitStatus), "shutdown"));
            endWithParent();
            server.start();
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).log("the node cannot start: {}", e.getMessage());
            exitStatus.set(FAILURE);
            telemetry.close();
            System.exit(FAILURE);
        }
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** Ends the node when the process that started it is gone, if that named itself: a demo can be killed, too. */
    private static void endWithParent() {
        Long parent = Long.getLong("rollcall.parent");
        if (parent != null) {
            Thread thread = new Thread(() -> {
                ProcessHandle.of(parent).ifPresent(process -> process.onExit().join());
                System.exit(0);
            });
            thread.setName("end-with-parent");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void log(ServerSettings settings) {
        LoggingEventBuilder event = LOG.atInfo();
        for (Map.Entry<String, String> setting : settings.effective().entrySet()) {
            event = event.addKeyValue(setting.getKey(), setting.getValue());
        }
        event.log("settings");
    }

    /**
     * Ends the process. The JVM would exit with 143 after a SIGTERM, and wait for ever for what does not stop; what must
     * not be lost is in the log already, so that halting is safe at any time.
     */
    private static void stop(Runnable ending, Duration timeout, AtomicInteger exitStatus) {
        LOG.atInfo().log("stopping");
        Thread stopping = new Thread(ending, "stopping");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            LOG.atWarn().addKeyValue("timeout", timeout).log("the stop took too long and is broken off");
            exitStatus.set(FAILURE);
        }
        Runtime.getRuntime().halt(exitStatus.get());
    }

    private static void end(RegistryServer server, Telemetry telemetry) {
        server.stop();
        LOG.atInfo().log("stopped");
        telemetry.close();
    }

    private static void uncaught(FaultHandler faults, Thread thread, Throwable failure) {
        if (failure instanceof VirtualMachineError) {
            throw faults.fatal("thread '" + thread.getName() + "' ended by an error of the JVM", failure);
        }
        LOG.atError().addKeyValue("thread", thread.getName()).setCause(failure).log("a thread ended by an exception");
    }
}
