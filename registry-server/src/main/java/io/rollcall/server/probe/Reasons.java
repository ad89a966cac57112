package io.rollcall.server.probe;

import io.rollcall.api.model.Durations;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in a few words why a check failed. */
final class Reasons {

    private static final int CAUSES_MAX = 8;

    private Reasons() {}

    static ProbeResult bad(Throwable error, Duration timeout) {
        return ProbeResult.bad(of(unwrapped(error), timeout));
    }

    private static String of(Throwable error, Duration timeout) {
        if (error instanceof TimeoutException || error instanceof SocketTimeoutException) {
            return noAnswer(timeout);
        }
        if (error instanceof PortUnreachableException) {
            return "port unreachable";
        }
        if (error instanceof NoRouteToHostException) {
            return "no route to host";
        }
        if (error instanceof ConnectException) {
            return "connection refused";
        }
        if (error instanceof UnknownHostException) {
            return "the host name has no address";
        }
        if (error instanceof SSLException) {
            return "TLS: " + rootMessage(error);
        }
        if (isClosed(error)) {
            return "connection closed without an answer";
        }
        return rootMessage(error);
    }

    static String noAnswer(Duration timeout) {
        return "no answer in " + Durations.format(timeout);
    }

    static String since(long startNanos, long nowNanos) {
        return " in " + TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos) + " ms";
    }

    /** True if the other side closed the connection, which may have been an old one that it was tired of. */
    static boolean isClosed(Throwable error) {
        Throwable cause = unwrapped(error);
        return cause instanceof EOFException
                || cause instanceof ClosedChannelException
                || String.valueOf(cause.getMessage()).contains("Connection reset");
    }

    static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        for (int i = 0; i < CAUSES_MAX && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
