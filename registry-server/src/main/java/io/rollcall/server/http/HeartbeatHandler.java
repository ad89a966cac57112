package io.rollcall.server.http;

import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Headers;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Secret;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.Heartbeats;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Requirement;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Serves the plainest of heartbeats in front of the servlets. They are most of what a registry is asked, and a servlet's
 * way to an answer that comes later costs more than all the rest of a beat. Whatever is not plain (a body, a condition,
 * a namespace, an encoded character, a mistake) goes on to the route, which says the same by the same means.
 */
final class HeartbeatHandler extends Handler.Wrapper {

    private static final int OK = 200;
    private static final String PREFIX = Paths.SERVICES + "/";
    private static final String INSTANCES = "/instances/";
    private static final String HEARTBEAT = "/heartbeat";
    private static final String INCARNATION = "incarnation=";
    private static final int MAX_INCARNATION_DIGITS = 18;
    private static final HttpField JSON = new HttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private final HttpField node;
    private final JettyErrors errors;
    private final Heartbeats heartbeats;
    private final HttpGate gate;
    private final Executor executor;

    /**
     * A handler in front of others.
     *
     * @param nodeId this node's id
     * @param errors writes refusals
     * @param heartbeats takes the beats
     * @param gate decides who may beat
     * @param executor answers them
     */
    HeartbeatHandler(String nodeId, JettyErrors errors, Heartbeats heartbeats, HttpGate gate, Executor executor) {
        this.node = new HttpField(Headers.NODE, nodeId);
        this.errors = errors;
        this.heartbeats = heartbeats;
        this.gate = gate;
        this.executor = executor;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Beat beat = plain(request);
        if (beat == null) {
            return super.handle(request, response, callback);
        }
        Passage.routed(request, Paths.INSTANCE_HEARTBEAT);
        Caller caller;
        try {
            caller = gate.gatekeeper()
                    .admit(
                            Needs.SERVICE_WRITE,
                            Secret.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
                            Requirement.Target.of(beat.key().service()));
            gate.entered(request, caller);
        } catch (RuntimeException e) {
            problem(request, response, callback, Problems.of(e));
            return true;
        }
        // Never fails.
        var unused = heartbeats
                .renew(beat, caller)
                .thenAcceptAsync(renewal -> answer(request, response, callback, renewal), executor);
        return true;
    }

    /** Reads a heartbeat that is nothing but its path and its incarnation; null for any other request. */
    private static @Nullable Beat plain(Request request) {
        String path = request.getHttpURI().getPath();
        if (!HttpMethod.PUT.is(request.getMethod())
                || path == null
                || !path.startsWith(PREFIX)
                || !path.endsWith(HEARTBEAT)
                || hasMore(request.getHeaders())) {
            return null;
        }
        int nameEnd = path.indexOf('/', PREFIX.length());
        int idStart = nameEnd + INSTANCES.length();
        int idEnd = path.length() - HEARTBEAT.length();
        if (!path.startsWith(INSTANCES, nameEnd) || idStart >= idEnd) {
            return null;
        }
        long incarnation = incarnation(request.getHttpURI().getQuery());
        if (incarnation < 0) {
            return null;
        }
        try {
            ServiceName name = new ServiceName(path.substring(PREFIX.length(), nameEnd));
            InstanceId id = new InstanceId(path.substring(idStart, idEnd));
            return new Beat(
                    new InstanceKey(new ServiceKey(Namespace.DEFAULT, name), id),
                    incarnation == 0 ? null : incarnation);
        } catch (InvalidRequestException e) {
            // Encoded, or not allowed: the route tells which.
            return null;
        }
    }

    private static boolean hasMore(HttpFields headers) {
        boolean isAuthorized = false;
        for (HttpField field : headers) {
            HttpHeader header = field.getHeader();
            if (header == HttpHeader.TRANSFER_ENCODING
                    || header == HttpHeader.IF_MATCH
                    || header == HttpHeader.IF_NONE_MATCH
                    || header == HttpHeader.EXPECT
                    || (header == HttpHeader.AUTHORIZATION && isAuthorized)
                    || (header == HttpHeader.CONTENT_LENGTH && !"0".equals(field.getValue()))) {
                return true;
            }
            isAuthorized |= header == HttpHeader.AUTHORIZATION;
        }
        return false;
    }

    /** Zero if there is no query, negative if it has to be read by others. */
    private static long incarnation(@Nullable String query) {
        if (query == null) {
            return 0;
        }
        int digits = query.length() - INCARNATION.length();
        if (!query.startsWith(INCARNATION) || digits < 1 || digits > MAX_INCARNATION_DIGITS) {
            return -1;
        }
        long incarnation = 0;
        for (int i = INCARNATION.length(); i < query.length(); i++) {
            int digit = query.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            incarnation = incarnation * 10 + digit;
        }
        return incarnation == 0 ? -1 : incarnation;
    }

    private void answer(Request request, Response response, Callback callback, Heartbeats.Renewal renewal) {
        Problem problem = renewal.problem();
        if (problem != null) {
            problem(request, response, callback, problem);
            return;
        }
        byte[] body = HeartbeatRoutes.body(renewal);
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(OK);
        headers.put(JSON);
        headers.put(node);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private void problem(Request request, Response response, Callback callback, Problem problem) {
        request.setAttribute(AuditRecorder.CODE, problem.code().wireName());
        errors.write(problem.code().status(), problem, response, callback);
    }
}
