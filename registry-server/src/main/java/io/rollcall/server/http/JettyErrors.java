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

    private static final int SERVER_ERROR = 500;

    private final String nodeId;
    private final UnsampledErrors unsampled;

    /**
     * Writes the problems of a node.
     *
     * @param nodeId its id
     * @param unsampled is told of those that the node is to blame for
     */
    JettyErrors(String nodeId, UnsampledErrors unsampled) {
        this.nodeId = nodeId;
        this.unsampled = unsampled;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object cause = request.getAttribute(ERROR_EXCEPTION);
        int status = cause instanceof HttpException failure ? failure.getCode() : response.getStatus();
        String reason = cause instanceof HttpException failure ? failure.getReason() : null;
        Problem problem = Problems.ofStatus(status, printable(reason == null ? HttpStatus.getMessage(status) : reason));
        write(status, problem, response, callback);
        return true;
    }

    /** Answers with a problem where there is no servlet. */
    void write(int status, Problem problem, Response response, Callback callback) {
        Request request = response.getRequest();
        response.setStatus(status);
        if (status >= SERVER_ERROR) {
            unsampled.answered(request, status, problem.code().wireName());
        }
        // Jetty has thrown away what was there, if it is Jetty that refuses.
        HardeningHeaders.put(request, response.getHeaders());
        request.setAttribute(AuditRecorder.CODE, problem.code().wireName());
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
        byte[] body = ProblemJson.bytes(problem, json -> {}, TraceIds.traceId(request));
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
