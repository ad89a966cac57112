package io.rollcall.server.raft;

import ch.qos.logback.classic.LoggerContext;
import io.rollcall.statemachine.apply.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once, without shutdown hooks: they would talk to what just broke. Its restart replays the log from
 * what is durable.
 */
public final class HaltOnFault implements FaultHandler {

    /** Exit status of a process that ended itself; 70 is {@code EX_SOFTWARE} of sysexits. */
    public static final int EXIT_STATUS = 70;

    private static final Logger LOG = LoggerFactory.getLogger(HaltOnFault.class);

    /** For the composition root. */
    public HaltOnFault() {}

    @Override
    public RuntimeException fatal(String message, @Nullable Throwable cause) {
        try {
            LOG.atError().setCause(cause).log("{}; the process ends itself", message);
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
                // Appenders that write on threads of their own write what they hold.
                context.stop();
            }
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
        return new IllegalStateException(message, cause);
    }
}
