package io.rollcall.client.balance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What exceptions of the JDK's network code say of a call. */
final class Failures {

    private Failures() {}

    /** The exception without what futures and streams wrap it in. */
    static Throwable bare(Throwable failure) {
        Throwable bare = failure;
        while (isWrapper(bare)) {
            Throwable cause = bare.getCause();
            if (cause == null) {
                return bare;
            }
            bare = cause;
        }
        return bare;
    }

    /** No connection came about: the instance cannot have seen the call. */
    static boolean isBeforeSending(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException;
    }

    /** No connection, or none that lasted, or no answer in time. */
    static boolean isOfConnection(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof UnresolvedAddressException;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof UncheckedIOException;
    }
}
