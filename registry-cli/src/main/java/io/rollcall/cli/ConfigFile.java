package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configuration as one JSON file: {@code {"config":[{"key","contentType","secret","text"}]}}, with {@code base64} in
 * place of {@code text} where a value is none.
 */
final class ConfigFile implements ConfigArchive {

    private final @Nullable Path file;
    private final InputStream in;
    private final PrintWriter out;

    ConfigFile(Path file) {
        this.file = file;
        this.in = InputStream.nullInputStream();
        this.out = new PrintWriter(PrintWriter.nullWriter());
    }

    ConfigFile(InputStream in, PrintWriter out) {
        this.file = null;
        this.in = in;
        this.out = out;
    }

    @Override
    public void write(List<Item> items) throws IOException {
        ObjectNode json = Json.mapper().createObjectNode();
        for (Item item : items) {
            ObjectNode key = json.withArray("/config").addObject();
            key.put("key", item.path());
            key.put("contentType", item.contentType().value());
            if (item.secret()) {
                key.put("secret", true);
            }
            ConfigText.put(key, item.value());
        }
        json.withArray("/config");
        String text = json.toPrettyString() + "\n";
        if (file == null) {
            out.print(text);
            out.flush();
        } else {
            Files.writeString(file, text);
        }
    }

    @Override
    public List<Item> read() throws IOException {
        byte[] bytes = file == null ? in.readAllBytes() : Files.readAllBytes(file);
        JsonNode config = Json.mapper().readTree(bytes).path("config");
        if (!config.isArray()) {
            throw new IOException("it has no list 'config', so that it is no export of configuration");
        }
        Map<String, Item> items = new LinkedHashMap<>();
        for (JsonNode json : config) {
            Item item = item(json);
            if (items.put(item.path(), item) != null) {
                throw new IOException("it has the key '" + item.path() + "' twice");
            }
        }
        return new ArrayList<>(items.values());
    }

    private static Item item(JsonNode json) throws IOException {
        String path = json.path("key").asText();
        try {
            ConfigValue value = value(json);
            return new Item(
                    new ConfigKey(Namespace.DEFAULT, path).path(),
                    json.hasNonNull("contentType")
                            ? new ContentType(json.path("contentType").asText())
                            : ConfigText.typeOf(path, value),
                    json.path("secret").asBoolean(),
                    value);
        } catch (IllegalArgumentException | InvalidRequestException e) {
            throw new IOException("its key '" + path + "': " + e.getMessage(), e);
        }
    }

    private static ConfigValue value(JsonNode json) {
        if (json.path("text").isTextual()) {
            return ConfigValue.of(json.path("text").asText().getBytes(StandardCharsets.UTF_8));
        }
        if (json.path("base64").isTextual()) {
            return ConfigValue.of(Base64.getDecoder().decode(json.path("base64").asText()));
        }
        throw new IllegalArgumentException("it has neither text nor base64");
    }
}
