package io.rollcall.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.error.Problem;
import io.rollcall.server.app.JsonBytes;
import java.io.IOException;
import java.util.Map;

/** Writes problems as RFC 9457 shows them. */
final class ProblemJson {

    static final String CONTENT_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:rollcall:problem:";

    private ProblemJson() {}

    static byte[] bytes(Problem problem, JsonBytes.Document more, String traceId) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            writeMembers(json, problem);
            more.write(json);
            json.writeStringField("traceId", traceId);
            json.writeEndObject();
        });
    }

    /** Writes the members into an object that is already open. */
    static void writeMembers(JsonGenerator json, Problem problem) throws IOException {
        json.writeStringField("type", TYPE_PREFIX + problem.code().wireName());
        json.writeStringField("title", problem.code().title());
        json.writeNumberField("status", problem.code().status());
        json.writeStringField("detail", problem.detail());
        json.writeStringField("code", problem.code().wireName());
        for (Map.Entry<String, Object> member : problem.members().entrySet()) {
            json.writeObjectField(member.getKey(), member.getValue());
        }
    }
}
