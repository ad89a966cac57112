package io.rollcall.server.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes JSON of a body, or says where it is none. */
final class JsonBody {

    private static final String JSON = "application/json";
    private static final String FIELD = "body";
    private static final int MAX_MESSAGE_LENGTH = 300;

    /** Where the parser's own documentation tells of the limit. */
    private static final Pattern CONSTRAINT = Pattern.compile(", from `[^`]*`");

    private JsonBody() {}

    /**
     * Requires JSON in UTF-8.
     *
     * @param contentType of the request; null if it has none
     * @throws ProblemException naming what is accepted
     */
    static void requireJson(@Nullable String contentType) {
        String[] parts = contentType == null ? new String[] {""} : contentType.split(";", -1);
        boolean isJson = parts[0].strip().equalsIgnoreCase(JSON);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
            isJson &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!isJson) {
            throw new ProblemException(Problem.of(
                            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "the body must be " + JSON + " in UTF-8, and say so by" + " its Content-Type")
                    .with("accepted", JSON));
        }
    }

    /**
     * Parses a body.
     *
     * @param body as it came
     * @return any JSON value
     * @throws InvalidRequestException naming {@code body}, line and column
     */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode json = Json.mapper().readTree(body);
            if (json.isMissingNode()) {
                throw invalid("is required");
            }
            return json;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What a caller is told whose body could not be parsed; names {@code body}, line and column. */
    static InvalidRequestException unreadable(IOException failure) {
        if (failure instanceof StreamConstraintsException e) {
            return invalid("is beyond what is read" + at(e) + ": "
                    + brief(CONSTRAINT.matcher(e.getOriginalMessage()).replaceAll("")));
        }
        if (failure instanceof JsonProcessingException e) {
            return invalid("is malformed JSON" + at(e) + ": " + brief(e.getOriginalMessage()));
        }
        return invalid("is malformed JSON: " + brief(String.valueOf(failure.getMessage())));
    }

    private static String at(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String brief(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() <= MAX_MESSAGE_LENGTH ? line : line.substring(0, MAX_MESSAGE_LENGTH);
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(new Violation(FIELD, message));
    }
}
