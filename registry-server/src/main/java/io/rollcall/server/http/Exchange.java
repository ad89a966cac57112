package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Headers;
import io.rollcall.server.app.Answer;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.Explanations;
import io.rollcall.server.app.JsonBytes;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.ReadDemand;
import io.rollcall.server.app.ReadGrant;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanName;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How answers leave the node: their headers, their bytes, and the thread that writes them. The methods that make an
 * answer set its status and headers and return its body, which {@link #send} or {@link #whenDone} then writes.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    // Beyond it the caller's pace of reading, not ours, decides how long the writing takes.
    private static final int WRITTEN_AT_ONCE_BYTES = 64 * 1024;

    private static final byte[] NO_BODY = new byte[0];
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final String nodeId;
    private final Catalog catalog;
    private final ReadConsistency consistency;
    private final Executor executor;
    private final UnsampledErrors unsampled;
    private final Tracing tracing;

    /**
     * The answers of a node.
     *
     * @param nodeId its id
     * @param catalog knows the applied index
     * @param consistency knows the age of the data
     * @param executor the threads of the HTTP server; what completes elsewhere is answered on them
     * @param unsampled is told of answers that the node is to blame for
     * @param tracing is told how requests fare
     */
    Exchange(
            String nodeId,
            Catalog catalog,
            ReadConsistency consistency,
            Executor executor,
            UnsampledErrors unsampled,
            Tracing tracing) {
        this.nodeId = nodeId;
        this.catalog = catalog;
        this.consistency = consistency;
        this.executor = executor;
        this.unsampled = unsampled;
        this.tracing = tracing;
    }

    /** Begins something once the exchange is asynchronous, and answers when it is done; no thread waits for it. */
    <T> void whenDone(Context ctx, Supplier<CompletableFuture<T>> begin, Function<T, byte[]> answer) {
        // A failure, too, is answered on the executor: timers and Raft's threads have better things to do.
        ctx.future(() -> begin.get()
                .handleAsync(
                        (result, failure) -> failure == null ? answer.apply(result) : failed(ctx, failure), executor)
                .thenCompose(body -> write(ctx, body)));
    }

    /** Answers a read that is worked out elsewhere, once this node is as current as it demands. */
    void whenCurrent(Context ctx, ReadDemand demand, Supplier<CompletableFuture<Answer>> query) {
        whenDone(
                ctx,
                () -> pass(ctx, demand).thenCompose(grant -> {
                    Problem refusal = grant.refusal();
                    return refusal == null
                            ? query.get().thenApply(answer -> new Granted(answer, grant.linearizable()))
                            : CompletableFuture.failedFuture(new ProblemException(refusal));
                }),
                granted -> answer(ctx, granted.answer, granted.linearizable));
    }

    /** Makes this node as current as a read demands; never fails. */
    CompletableFuture<ReadGrant> pass(Context ctx, ReadDemand demand) {
        OpenSpan span = tracing == Tracing.NONE || demand.isStale()
                ? null
                : tracing.below(SpanNames.BARRIER, TraceIds.traceParent(ctx));
        CompletableFuture<ReadGrant> granted = consistency.pass(demand);
        return span == null
                ? granted
                : granted.whenComplete((grant, failure) -> {
                    Problem refusal = grant == null ? null : grant.refusal();
                    if (refusal != null) {
                        span.fail(refusal.code().wireName(), refusal.detail());
                    } else if (failure != null) {
                        span.fail(failure.getClass().getName(), null);
                    }
                    span.set(SpanKeys.CONSISTENCY, demand.linearizable() ? "linearizable" : "stale")
                            .end();
                });
    }

    /** Does a part of a request's work, and says how long it took. */
    <T> T told(SpanName name, Context ctx, Supplier<T> work) {
        OpenSpan span = tracing == Tracing.NONE ? null : tracing.below(name, TraceIds.traceParent(ctx));
        if (span == null) {
            return work.get();
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            span.fail(Problems.of(e).code().wireName(), null);
            throw e;
        } finally {
            span.end();
        }
    }

    private record Granted(Answer answer, boolean linearizable) {}

    /** Answers now. */
    void send(Context ctx, byte[] body) {
        if (isLarge(ctx, body)) {
            ctx.future(() -> write(ctx, body));
        } else {
            writeAtOnce(ctx, body);
        }
    }

    /** The answer to a read. */
    byte[] answer(Context ctx, Answer answer, boolean linearizable) {
        HttpServletResponse response = ctx.res();
        sayHowItWasRead(response, answer.index(), answer.applied(), linearizable);
        response.setHeader("ETag", answer.etag());
        String ifNoneMatch = ctx.req().getHeader("If-None-Match");
        if (ifNoneMatch != null && EntityTags.anyMatches(ifNoneMatch, answer.etag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return NO_BODY;
        }
        return answer.body();
    }

    /** The answer to a read that is of its moment, so that nobody is to keep it. */
    byte[] explanation(Context ctx, Explanations.Explanation explanation, boolean linearizable) {
        sayHowItWasRead(ctx.res(), explanation.index(), explanation.applied(), linearizable);
        return explanation.body();
    }

    private void sayHowItWasRead(HttpServletResponse response, long index, long applied, boolean linearizable) {
        response.setHeader(Headers.INDEX, Long.toString(index));
        response.setHeader(Headers.APPLIED, Long.toString(applied));
        response.setHeader(Headers.DATA_AGE, Long.toString(consistency.dataAgeMillis()));
        response.setHeader(Headers.NODE, nodeId);
        response.setHeader(Headers.CONSISTENCY, linearizable ? "linearizable" : "stale");
    }

    /** The answer to anything that is not a read of data. */
    byte[] json(Context ctx, int status, byte[] body) {
        ctx.res().setStatus(status);
        ctx.res().setHeader(Headers.NODE, nodeId);
        return body;
    }

    /** The answer to a write. */
    byte[] written(Context ctx, int status, long index, byte[] body) {
        ctx.res().setHeader(Headers.INDEX, Long.toString(index));
        ctx.res().setHeader(Headers.APPLIED, Long.toString(catalog.appliedIndex()));
        return json(ctx, status, body);
    }

    /** The answer that is a problem; the status is the code's. */
    byte[] problem(Context ctx, Problem problem) {
        return problem(ctx, problem, json -> {});
    }

    /** The answer that is a problem with members that are written, not held. */
    byte[] problem(Context ctx, Problem problem, JsonBytes.Document members) {
        HttpServletResponse response = ctx.res();
        response.setStatus(problem.code().status());
        ctx.req().setAttribute(AuditRecorder.CODE, problem.code().wireName());
        if (problem.code().status() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            unsampled.answered(
                    ServletContextRequest.getServletContextRequest(ctx.req()),
                    problem.code().status(),
                    problem.code().wireName());
        }
        response.setHeader(Headers.NODE, nodeId);
        if (problem.code() == ErrorCode.REQUEST_TIMEOUT || problem.code() == ErrorCode.TOO_LARGE) {
            // The rest of the body is not read, and with it ends the connection.
            response.setHeader("Connection", "close");
        }
        // Jetty would carry the charset of the default type over; JSON is UTF-8 without one.
        response.setContentType(null);
        response.setContentType(ProblemJson.CONTENT_TYPE);
        if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        Object retryAfter = problem.members().get("retryAfter");
        if (retryAfter != null) {
            response.setHeader("Retry-After", retryAfter.toString());
        }
        return ProblemJson.bytes(problem, members, TraceIds.traceId(ctx));
    }

    /** Answers what was thrown. */
    void fail(Context ctx, Throwable failure) {
        byte[] body = failed(ctx, failure);
        if (!ctx.res().isCommitted()) {
            sayWhetherTheConnectionEnds(ctx);
            writeAtOnce(ctx, body);
        }
    }

    // Jetty closes a connection whose request was answered before its body came. A caller that is not told so sends its
    // next request into that close, and cannot know whether it was done.
    private static void sayWhetherTheConnectionEnds(Context ctx) {
        HttpServletRequest request = ctx.req();
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (hasBody && !ServletContextRequest.getServletContextRequest(request).consumeAvailable()) {
            ctx.res().setHeader("Connection", "close");
        }
    }

    private byte[] failed(Context ctx, Throwable failure) {
        Problem problem = Problems.of(failure);
        if (Problems.isOurFault(problem)) {
            LOG.atError()
                    .addKeyValue("method", ctx.req().getMethod())
                    .addKeyValue("path", ctx.req().getRequestURI())
                    .addKeyValue("traceId", TraceIds.traceId(ctx))
                    .setCause(failure)
                    .log("a request failed by a fault of this node");
        }
        return problem(ctx, problem);
    }

    private static boolean isLarge(Context ctx, byte[] body) {
        return body.length > WRITTEN_AT_ONCE_BYTES && !ctx.req().getMethod().equals("HEAD");
    }

    /** Writes in asynchronous mode. */
    private static CompletableFuture<Void> write(Context ctx, byte[] body) {
        if (isLarge(ctx, body)) {
            ctx.res().setContentLength(body.length);
            return LargeBody.write(ctx.res(), body);
        }
        writeAtOnce(ctx, body);
        return DONE;
    }

    /** Hands a body to Jetty, which writes it without a thread that waits, however slowly the caller reads. */
    private static void writeAtOnce(Context ctx, byte[] body) {
        if (body.length == 0) {
            ctx.res().setContentType(null);
            return;
        }
        ctx.res().setContentLength(body.length);
        try {
            HttpOutput output = (HttpOutput) ctx.res().getOutputStream();
            output.sendContent(ByteBuffer.wrap(body), Callback.NOOP);
        } catch (IOException e) {
            throw new UncheckedIOException("the output of an exchange that has none yet", e);
        }
    }
}
