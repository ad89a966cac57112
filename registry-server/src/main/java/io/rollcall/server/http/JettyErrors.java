package io.rollcall.server.http;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Headers;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before a route sees it: bad HTTP, headers over the limit, a server that stops. */
final class JettyErrors extends ErrorHandler {

    private static final int MAX_REASON_LENGTH = 200;

    private final String nodeId;

    JettyErrors(String nodeId) {
        this.nodeId = nodeId;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object cause = request.getAttribute(ERROR_EXCEPTION);
        int status = cause instanceof HttpException failure ? failure.getCode() : response.getStatus();
        String reason = cause instanceof HttpException failure ? failure.getReason() : null;
        Problem problem = Problems.ofStatus(status, printable(reason == null ? HttpStatus.getMessage(status) : reason));
        write(nodeId, status, problem, TraceIds.random(), response, callback);
        return true;
    }

    /** Answers with a problem where there is no servlet. */
    static void write(
            String nodeId, int status, Problem problem, String traceId, Response response, Callback callback) {
        response.setStatus(status);
        // Jetty has thrown away what was there, if it is Jetty that refuses.
        HardeningHeaders.put(response.getRequest(), response.getHeaders());
        response.getRequest().setAttribute(AuditRecorder.CODE, problem.code().wireName());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.CONTENT_TYPE);
        response.getHeaders().put(Headers.NODE, nodeId);
        if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        Object retryAfter = problem.members().get("retryAfter");
        if (retryAfter != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfter.toString());
        }
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
            return;
        }
        byte[] body = ProblemJson.bytes(problem, json -> {}, traceId);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    // Jetty's reasons may quote what was sent.
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().limit(MAX_REASON_LENGTH).forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
        return printable.toString();
    }
}
