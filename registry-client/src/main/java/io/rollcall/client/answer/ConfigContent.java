package io.rollcall.client.answer;

import io.rollcall.api.http.Headers;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.net.http.HttpHeaders;

/**
 * A configuration value as it was given.
 *
 * @param key of it
 * @param version which of the key's versions it is
 * @param modifyIndex the registry index of that version; what a condition on the next write takes
 * @param contentType what it is
 * @param value its bytes
 */
public record ConfigContent(ConfigKey key, long version, long modifyIndex, ContentType contentType, ConfigValue value) {

    /**
     * Reads an answer.
     *
     * @param key what was asked for
     * @param headers of the answer
     * @param body of the answer; not to be written to any more
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer
     */
    public static ConfigContent read(ConfigKey key, HttpHeaders headers, byte[] body) {
        return new ConfigContent(
                key,
                number(headers, Headers.CONFIG_VERSION),
                number(headers, Headers.INDEX),
                new ContentType(headers.firstValue("Content-Type").orElse(ContentType.DEFAULT.value())),
                ConfigValue.of(body));
    }

    private static long number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(() -> new InvalidRequestException(new Violation(name, "is missing from the answer")));
    }
}
