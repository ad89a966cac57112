package io.rollcall.server.http;

import io.javalin.http.Context;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.api.wire.RegistrationReader;
import io.rollcall.server.app.BulkDeregistration;
import io.rollcall.server.app.Drains;
import io.rollcall.server.app.Registrations;
import io.rollcall.server.app.WriteCondition;
import io.rollcall.server.app.WriteOutcome;
import io.rollcall.server.trace.SpanNames;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The routes that write. No thread waits, neither for a body nor for the cluster. */
final class WriteRoutes {

    private static final Set<String> BULK_PARAMETERS = bulkParameters();

    private final Registrations registrations;
    private final BulkDeregistration bulk;
    private final Drains drains;
    private final Exchange exchange;
    private final WriteAnswers answers;
    private final Duration bodyTimeout;

    WriteRoutes(UseCases useCases, Exchange exchange, Duration bodyTimeout) {
        this.registrations = useCases.registrations();
        this.bulk = useCases.bulkDeregistration();
        this.drains = useCases.drains();
        this.exchange = exchange;
        this.answers = new WriteAnswers(exchange);
        this.bodyTimeout = bodyTimeout;
    }

    private static Set<String> bulkParameters() {
        Set<String> parameters = new HashSet<>(BulkDeregistration.PARAMETERS);
        parameters.add("confirm");
        return Set.copyOf(parameters);
    }

    List<Route> routes() {
        return List.of(
                new Route("PUT", Paths.INSTANCE, Needs.SERVICE_WRITE, this::put),
                new Route("POST", Paths.SERVICE_INSTANCES, Needs.SERVICE_WRITE, this::create),
                new Route("DELETE", Paths.INSTANCE, Needs.SERVICE_WRITE, this::remove),
                new Route("DELETE", Paths.SERVICE_INSTANCES, Needs.SERVICE_WRITE, this::removeMany),
                new Route("POST", Paths.REGISTRATIONS, Needs.EACH_SERVICE_WRITE, this::putAll),
                new Route("PUT", Paths.INSTANCE_STATUS, Needs.SERVICE_OR_OPERATOR_WRITE, this::setStatus),
                new Route("DELETE", Paths.INSTANCE_STATUS, Needs.SERVICE_OR_OPERATOR_WRITE, this::clearStatus),
                new Route("POST", Paths.INSTANCE_DRAIN, Needs.SERVICE_WRITE, this::drain));
    }

    private void create(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of());
        request.refuseConditions(ctx);
        ServiceName name = PathParameters.name(ctx, request.violations());
        withBody(ctx, RequestLimits.BODY_BYTES, body -> {
            Registration registration = checked(
                    request.violations(),
                    () -> RegistrationReader.read(JsonBody.parse(body), request.namespace(), name, null));
            return registrations.create(registration, request.context());
        });
    }

    private void put(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of("takeover"));
        boolean takeover = request.parameters().flag("takeover");
        WriteCondition condition = condition(ctx, request);
        ServiceName name = PathParameters.name(ctx, request.violations());
        InstanceId id = PathParameters.id(ctx, request.violations());
        withBody(ctx, RequestLimits.BODY_BYTES, body -> {
            Registration registration = checked(
                    request.violations(),
                    () -> RegistrationReader.read(JsonBody.parse(body), request.namespace(), name, id));
            return registrations.put(registration, takeover, condition, request.context());
        });
    }

    private void putAll(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of("takeover", "atomic"));
        request.refuseConditions(ctx);
        boolean takeover = request.parameters().flag("takeover");
        boolean atomic = request.parameters().flag("atomic");
        JsonBody.requireJson(ctx.req().getContentType());
        exchange.whenDone(
                ctx,
                () -> body(ctx, RequestLimits.BATCH_BODY_BYTES).thenCompose(body -> {
                    List<Registration> batch = exchange.told(
                            SpanNames.VALIDATE,
                            ctx,
                            () -> checked(
                                    request.violations(),
                                    () -> BatchBody.read(JsonBody.parse(body), request.namespace())));
                    return registrations
                            .putAll(batch, takeover, atomic, HttpGate.caller(ctx), request.context())
                            .thenApply(outcome -> new BatchOutcome(batch, outcome));
                }),
                done -> answers.batch(ctx, done.batch(), done.outcome()));
    }

    private record BatchOutcome(List<Registration> batch, WriteOutcome outcome) {}

    private void remove(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of("incarnation"));
        Long incarnation = request.parameters().wholeNumber("incarnation", 1);
        WriteCondition condition = condition(ctx, request);
        InstanceKey key = PathParameters.instance(ctx, request.namespace(), request.violations());
        exchange.whenDone(
                ctx,
                () -> registrations.remove(key, incarnation, condition, request.context()),
                outcome -> answers.one(ctx, outcome));
    }

    private void removeMany(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, BULK_PARAMETERS);
        request.refuseConditions(ctx);
        boolean confirmed = request.parameters().flag("confirm");
        ServiceName name = PathParameters.name(ctx, request.violations());
        request.violations().throwIfAny();
        if (name != null) {
            exchange.whenDone(
                    ctx,
                    () -> bulk.remove(
                            new ServiceKey(request.namespace(), name),
                            request.parameters().values(),
                            confirmed,
                            request.context()),
                    outcome -> answers.one(ctx, outcome));
        }
    }

    private void setStatus(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of());
        request.refuseConditions(ctx);
        InstanceKey key = PathParameters.instance(ctx, request.namespace(), request.violations());
        withBody(ctx, RequestLimits.BODY_BYTES, body -> {
            OperatorWord word = StatusBody.read(JsonBody.parse(body));
            return registrations.say(key, word, request.context());
        });
    }

    private void clearStatus(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of());
        request.refuseConditions(ctx);
        InstanceKey key = PathParameters.instance(ctx, request.namespace(), request.violations());
        exchange.whenDone(
                ctx, () -> registrations.say(key, null, request.context()), outcome -> answers.one(ctx, outcome));
    }

    private void drain(Context ctx) {
        WriteRequest request = WriteRequest.of(ctx, Set.of("wait", "reason"));
        request.refuseConditions(ctx);
        Duration wait = request.parameters().duration("wait");
        if (wait != null && wait.compareTo(Drains.MAX_WAIT) > 0) {
            String most = Durations.format(Drains.MAX_WAIT);
            request.violations().add("wait", "must be 0s to " + most, most);
        }
        InstanceKey key = PathParameters.instance(ctx, request.namespace(), request.violations());
        exchange.whenDone(
                ctx,
                () -> body(ctx, RequestLimits.BODY_BYTES).thenCompose(body -> {
                    if (body.length > 0) {
                        JsonBody.requireJson(ctx.req().getContentType());
                    }
                    String reason = checked(
                            request.violations(),
                            () -> DrainBody.reason(body, request.parameters().text("reason"), request.violations()));
                    return drains.drain(key, reason, wait == null ? Drains.DEFAULT_WAIT : wait, request.context());
                }),
                drained -> answers.drained(ctx, drained));
    }

    static WriteCondition condition(Context ctx, WriteRequest request) {
        return EntityTags.condition(
                ctx.req().getHeader("If-Match"), ctx.req().getHeader("If-None-Match"), request.violations());
    }

    private void withBody(Context ctx, int limit, Function<byte[], CompletableFuture<WriteOutcome>> write) {
        JsonBody.requireJson(ctx.req().getContentType());
        exchange.whenDone(
                ctx,
                () -> body(ctx, limit)
                        .thenCompose(body -> exchange.told(SpanNames.VALIDATE, ctx, () -> write.apply(body))),
                outcome -> answers.one(ctx, outcome));
    }

    private CompletableFuture<byte[]> body(Context ctx, int limit) {
        return BodyReader.read(ctx.req(), limit, bodyTimeout);
    }

    /** What the body holds, unless it or anything before it was bad: then all of it is named at once. */
    private static <T> T checked(Violations violations, Supplier<T> body) {
        T read = violations.collect(body);
        violations.throwIfAny();
        if (read == null) {
            throw new IllegalStateException("a body without a value and without a violation");
        }
        return read;
    }
}
