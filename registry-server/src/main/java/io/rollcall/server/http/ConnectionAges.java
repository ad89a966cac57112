package io.rollcall.server.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Has connections by TLS come to an end, so that certificates are looked at again: after a while, or with the client's
 * certificate, an answer says that it is the last one, and a stream ends, which its reader resumes. No request is cut off.
 */
final class ConnectionAges extends Handler.Wrapper {

    /** Ages are cut by up to so much of themselves, differently for each, so that not all clients come back at once. */
    private static final int SPREAD_PERCENT = 10;

    private final long maxAgeMillis;

    ConnectionAges(Duration maxAge) {
        this.maxAgeMillis = maxAge.toMillis();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (millisLeft(request, maxAgeMillis) <= 0) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        return super.handle(request, response, callback);
    }

    /** Ends the answer of a request that goes on for long when its connection is old enough. */
    void endInTime(Request request, Runnable end) {
        Scheduler scheduler = request.getConnectionMetaData().getConnector().getScheduler();
        Scheduler.Task task =
                scheduler.schedule(end, Math.max(0, millisLeft(request, maxAgeMillis)), TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> task.cancel());
    }

    private static long millisLeft(Request request, long maxAgeMillis) {
        var connection = request.getConnectionMetaData().getConnection();
        long spread = maxAgeMillis * SPREAD_PERCENT / 100;
        long cut = Math.floorMod(System.identityHashCode(connection), Math.max(1, spread));
        long now = System.currentTimeMillis();
        long left = connection.getCreatedTimeStamp() + maxAgeMillis - cut - now;
        X509Certificate[] shown = shown(request);
        for (X509Certificate certificate : shown == null ? new X509Certificate[0] : shown) {
            left = Math.min(left, certificate.getNotAfter().toInstant().toEpochMilli() - now);
        }
        return left;
    }

    private static X509Certificate @Nullable [] shown(Request request) {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
                ? session.peerCertificates()
                : null;
    }
}
