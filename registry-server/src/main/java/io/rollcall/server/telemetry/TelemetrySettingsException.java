package io.rollcall.server.telemetry;

/** A variable of OpenTelemetry has a value that it cannot have; the message names it. */
public final class TelemetrySettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TelemetrySettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
