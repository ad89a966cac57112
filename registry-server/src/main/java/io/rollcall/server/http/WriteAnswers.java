package io.rollcall.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.app.Drains;
import io.rollcall.server.app.JsonBytes;
import io.rollcall.server.app.WriteOutcome;
import io.rollcall.server.app.WriteOutcome.Batch;
import io.rollcall.server.app.WriteOutcome.DryRun;
import io.rollcall.server.app.WriteOutcome.Rejected;
import io.rollcall.server.app.WriteOutcome.Removed;
import io.rollcall.server.app.WriteOutcome.RemovedMany;
import io.rollcall.server.app.WriteOutcome.Stored;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to writes. */
final class WriteAnswers {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private final Exchange exchange;

    WriteAnswers(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The answer to a write that is not a batch. */
    byte[] one(Context ctx, WriteOutcome outcome) {
        return batch(ctx, List.of(), outcome);
    }

    /** The answer to a write of {@code items}, in the order of the request. */
    byte[] batch(Context ctx, List<Registration> items, WriteOutcome outcome) {
        return outcome.match(new Cases(ctx, items, exchange));
    }

    /** The answer to a drain. */
    byte[] drained(Context ctx, Drains.Drained drained) {
        if (!(drained.said() instanceof Stored stored)) {
            return one(ctx, drained.said());
        }
        return exchange.written(ctx, OK, stored.index(), JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("acknowledged", drained.acknowledged());
            json.writeArrayFieldStart("laggards");
            for (String laggard : drained.laggards()) {
                json.writeString(laggard);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void writeInstance(JsonGenerator json, String field, @Nullable Instance instance)
            throws IOException {
        json.writeFieldName(field);
        if (instance == null) {
            json.writeNull();
        } else {
            InstanceJson.write(json, instance, null);
        }
    }

    private static void writeResults(JsonGenerator json, List<Registration> items, Batch batch) throws IOException {
        json.writeArrayFieldStart("results");
        for (int i = 0; i < batch.items().size(); i++) {
            WriteOutcome outcome = batch.items().get(i);
            InstanceKey key = items.get(i).key();
            json.writeStartObject();
            json.writeStringField("name", key.service().name().value());
            json.writeStringField("id", key.id().value());
            json.writeNumberField("status", status(outcome));
            if (outcome instanceof Rejected rejected) {
                json.writeObjectFieldStart("problem");
                ProblemJson.writeMembers(json, rejected.problem());
                json.writeEndObject();
            } else if (!batch.applied()) {
                json.writeBooleanField("applied", false);
            } else if (outcome instanceof Stored stored) {
                writeInstance(json, "instance", stored.instance());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRemoved(JsonGenerator json, RemovedMany outcome) throws IOException {
        json.writeNumberField("removed", outcome.count());
        if (outcome.refused() > 0) {
            json.writeNumberField("refused", outcome.refused());
        }
    }

    /** The status that a write's answer has. */
    private static int status(WriteOutcome outcome) {
        if (outcome instanceof Stored stored) {
            return stored.created() ? CREATED : OK;
        }
        if (outcome instanceof Removed) {
            return NO_CONTENT;
        }
        return outcome instanceof Rejected rejected ? rejected.problem().code().status() : OK;
    }

    private record Cases(Context ctx, List<Registration> items, Exchange exchange)
            implements WriteOutcome.Cases<byte[]> {

        @Override
        public byte[] stored(Stored outcome) {
            ctx.res().setHeader("ETag", "\"" + outcome.instance().modifyIndex() + "\"");
            if (outcome.created()) {
                ctx.res().setHeader("Location", location(outcome.instance().key()));
            }
            byte[] body = JsonBytes.write(json -> InstanceJson.write(json, outcome.instance(), null));
            return exchange.written(ctx, status(outcome), outcome.index(), body);
        }

        private static String location(InstanceKey key) {
            // Names and ids hold nothing that a path would have to escape.
            String path = Paths.SERVICES + "/" + key.service().name() + "/instances/" + key.id();
            Namespace namespace = key.service().namespace();
            return namespace.equals(Namespace.DEFAULT) ? path : path + "?namespace=" + namespace;
        }

        @Override
        public byte[] removed(Removed outcome) {
            return exchange.written(ctx, NO_CONTENT, outcome.index(), new byte[0]);
        }

        @Override
        public byte[] removedMany(RemovedMany outcome) {
            return exchange.written(ctx, OK, outcome.index(), JsonBytes.write(json -> {
                json.writeStartObject();
                writeRemoved(json, outcome);
                json.writeEndObject();
            }));
        }

        @Override
        public byte[] batch(Batch outcome) {
            if (!outcome.applied()) {
                return refused(outcome);
            }
            return exchange.written(ctx, OK, outcome.index(), JsonBytes.write(json -> {
                json.writeStartObject();
                writeResults(json, items, outcome);
                json.writeEndObject();
            }));
        }

        private byte[] refused(Batch outcome) {
            long refused =
                    outcome.items().stream().filter(Rejected.class::isInstance).count();
            Problem problem = Problem.of(
                    ErrorCode.BATCH_REFUSED,
                    refused + " of " + outcome.items().size() + " items were refused, so that none was applied");
            return exchange.problem(ctx, problem, json -> writeResults(json, items, outcome));
        }

        @Override
        public byte[] rejected(Rejected outcome) {
            return exchange.problem(ctx, outcome.problem());
        }

        @Override
        public byte[] dryRun(DryRun outcome) {
            WriteOutcome would = outcome.would();
            if (would instanceof Batch batch && !batch.applied()) {
                return refused(batch);
            }
            return exchange.json(ctx, OK, JsonBytes.write(json -> {
                json.writeStartObject();
                json.writeBooleanField("dryRun", true);
                json.writeBooleanField("wouldChange", changes(would));
                json.writeNumberField("status", status(would));
                if (would instanceof Batch batch) {
                    writeResults(json, items, batch);
                } else if (would instanceof RemovedMany removed) {
                    writeRemoved(json, removed);
                } else {
                    writeInstance(json, "instance", would instanceof Stored stored ? stored.instance() : null);
                    writeInstance(json, "before", outcome.before());
                }
                json.writeEndObject();
            }));
        }

        private static boolean changes(WriteOutcome would) {
            if (would instanceof RemovedMany removed) {
                return removed.count() > 0;
            }
            return !(would instanceof Batch batch) || batch.items().stream().anyMatch(Stored.class::isInstance);
        }
    }
}
