package io.rollcall.client.provide;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code key=value,key=value}, percent-encoded as by the OpenTelemetry resource specification. A plus sign is a plus
 * sign: this is no form of a web page.
 */
final class ResourceAttributes {

    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 3;

    private ResourceAttributes() {}

    /**
     * Reads the list.
     *
     * @return the last of equal keys wins
     * @throws IllegalArgumentException if a part of it cannot be read
     */
    static Map<String, String> parse(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : decoded(part.substring(0, equals).strip());
            if (key.isEmpty()) {
                throw new IllegalArgumentException("'" + part.strip() + "' is not of the form key=value");
            }
            attributes.put(key, decoded(part.substring(equals + 1).strip()));
        }
        return attributes;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                bytes.write(escaped(text, encoded, i));
                i += ESCAPE_LENGTH - 1;
            } else {
                bytes.write(encoded[i]);
            }
        }
        try {
            // Not new String: it would pass over what is no UTF-8.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + text + "' is no UTF-8 when it is decoded", e);
        }
    }

    private static int escaped(String text, byte[] encoded, int position) {
        int high = position + 2 < encoded.length ? Character.digit(encoded[position + 1], HEX) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded[position + 2], HEX);
        if (low < 0) {
            throw new IllegalArgumentException("'" + text + "' has a % without two hexadecimal digits");
        }
        return high * HEX + low;
    }
}
