package io.rollcall.server.http;

import io.javalin.http.HttpResponseException;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.server.app.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** The one table from what goes wrong in a request to the problem that its caller sees. */
final class Problems {

    private static final Problem INTERNAL = Problem.of(
            ErrorCode.INTERNAL_ERROR, "the node failed at this request; its log tells more under the traceId");

    private Problems() {}

    static Problem of(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof RefusedException refused) {
            return refused.problem();
        }
        if (failure instanceof InvalidRequestException invalid) {
            return invalid(invalid.violations());
        }
        if (failure instanceof RejectedExecutionException) {
            return Problem.of(ErrorCode.OVERLOADED, "the node has more requests than it can handle; try again")
                    .with("retryAfter", 1);
        }
        if (failure instanceof TimeoutException
                || (failure instanceof IOException && failure.getCause() instanceof TimeoutException)) {
            return Problem.of(ErrorCode.REQUEST_TIMEOUT, "the body did not arrive in time; nothing was done");
        }
        if (failure instanceof HttpResponseException response) {
            return ofStatus(response.getStatus(), "");
        }
        return INTERNAL;
    }

    static boolean isOurFault(Problem problem) {
        return problem.code() == ErrorCode.INTERNAL_ERROR;
    }

    /** All bad fields; the first stands for itself, too, for callers that show but one. */
    static Problem invalid(List<Violation> violations) {
        List<Map<String, Object>> errors = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (Violation violation : violations) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("field", violation.field());
            error.put("message", violation.message());
            if (violation.limit() != null) {
                error.put("limit", violation.limit());
            }
            if (violation.position() != null) {
                error.put("position", violation.position());
            }
            errors.add(error);
            details.add(violation.toString());
        }
        Problem problem = Problem.of(ErrorCode.INVALID_REQUEST, String.join("; ", details));
        for (Map.Entry<String, Object> member : errors.get(0).entrySet()) {
            if (!member.getKey().equals("message")) {
                problem = problem.with(member.getKey(), member.getValue());
            }
        }
        return problem.with("errors", errors);
    }

    /**
     * What the server's own parts refuse before a route sees it.
     *
     * @param status what they answer
     * @param reason why, in their words
     */
    static Problem ofStatus(int status, String reason) {
        return switch (status) {
            case 404 ->
                Problem.of(ErrorCode.NOT_FOUND, "no such path; /api/v1/openapi.json lists those that there are");
            case 408 -> Problem.of(ErrorCode.REQUEST_TIMEOUT, "the request did not arrive in time; nothing was done");
            case 413 -> Problem.of(ErrorCode.TOO_LARGE, "the body is over its limit");
            case 414 ->
                Problem.of(
                                ErrorCode.URI_TOO_LONG,
                                "path and query must have at most " + RequestLimits.HEADER_BYTES + " bytes in all")
                        .with("limit", RequestLimits.HEADER_BYTES);
            case 431 ->
                Problem.of(
                                ErrorCode.HEADERS_TOO_LARGE,
                                "the headers must have at most " + RequestLimits.HEADER_BYTES + " bytes in all")
                        .with("limit", RequestLimits.HEADER_BYTES);
            case 503 ->
                Problem.of(ErrorCode.NOT_READY, "the node is stopping; ask another node")
                        .with("retryAfter", 1);
            default ->
                status >= 500
                        ? INTERNAL
                        : invalid(List.of(new Violation("request", "is not well-formed HTTP: " + reason)));
        };
    }
}
