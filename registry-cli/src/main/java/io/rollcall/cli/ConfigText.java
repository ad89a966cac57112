package io.rollcall.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Values as people see them. */
final class ConfigText {

    private static final ContentType PLAIN = new ContentType("text/plain; charset=utf-8");

    private static final Map<String, ContentType> BY_SUFFIX = Map.of(
            "json", new ContentType("application/json"),
            "yaml", new ContentType("application/yaml"),
            "yml", new ContentType("application/yaml"),
            "xml", new ContentType("application/xml"),
            "toml", new ContentType("application/toml"),
            "properties", PLAIN,
            "conf", PLAIN,
            "txt", PLAIN);

    private ConfigText() {}

    /** The value as text; empty if it is none that a terminal could show. */
    static Optional<String> of(ConfigValue value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.bytes()))
                    .toString();
            return text.chars().allMatch(ConfigText::isShown) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isShown(int c) {
        return !Character.isISOControl(c) || c == '\n' || c == '\t' || c == '\r';
    }

    static ConfigValue value(String text) {
        return ConfigValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a value as {@code text}, or as {@code base64} if it is none. */
    static void put(ObjectNode json, ConfigValue value) {
        Optional<String> text = of(value);
        if (text.isPresent()) {
            json.put("text", text.get());
        } else {
            json.put("base64", Base64.getEncoder().encodeToString(value.bytes()));
        }
    }

    /** What a value is whose writer did not say it. */
    static ContentType typeOf(String name, ConfigValue value) {
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        ContentType known = BY_SUFFIX.get(suffix);
        if (known != null) {
            return known;
        }
        return of(value).isPresent() ? PLAIN : ContentType.DEFAULT;
    }

    static String quantity(int count, String noun) {
        return count == 1 ? "1 " + noun : count + " " + noun + "s";
    }
}
