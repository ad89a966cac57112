package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Configuration as a folder: a file for each key, holding the value as it is. What a file cannot say, content types and
 * secrecy, is in {@value #INDEX}. Files of an export before whose keys are gone are deleted.
 */
final class ConfigFolder implements ConfigArchive {

    static final String INDEX = ".rollcall-config.json";

    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void write(List<Item> items) throws IOException {
        requireFiles(items);
        Set<String> before = new TreeSet<>();
        for (var known : index().properties()) {
            before.add(new ConfigKey(Namespace.DEFAULT, known.getKey()).path());
        }
        ObjectNode json = Json.mapper().createObjectNode();
        ObjectNode keys = json.putObject("keys");
        items.forEach(item -> before.remove(item.path()));
        for (String gone : before) {
            Files.deleteIfExists(folder.resolve(gone));
        }
        for (Item item : items) {
            Path file = folder.resolve(item.path());
            Files.createDirectories(file.getParent());
            Files.write(file, item.value().bytes());
            ObjectNode key = keys.putObject(item.path());
            key.put("contentType", item.contentType().value());
            if (item.secret()) {
                key.put("secret", true);
            }
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(INDEX), json.toPrettyString() + "\n");
    }

    private static void requireFiles(List<Item> items) throws IOException {
        Set<String> paths = new TreeSet<>();
        items.forEach(item -> paths.add(item.path()));
        for (String path : paths) {
            if (path.equals(INDEX) || path.startsWith(INDEX + "/")) {
                throw new IOException("the key '" + path + "' has the name of the index; export to a file instead");
            }
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String parent = path.substring(0, slash);
                if (paths.contains(parent)) {
                    throw new IOException("the key '" + parent + "' would be a file and, for '" + path
                            + "', a folder; export to a file instead");
                }
            }
        }
    }

    @Override
    public List<Item> read() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no such folder");
        }
        JsonNode known = index();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        List<Item> items = new ArrayList<>();
        for (Path file : files) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            if (!path.equals(INDEX)) {
                items.add(item(path, file, known.path(path)));
            }
        }
        return items;
    }

    private static Item item(String path, Path file, JsonNode known) throws IOException {
        try {
            ConfigKey key = new ConfigKey(Namespace.DEFAULT, path);
            ConfigValue value = ConfigValue.of(Files.readAllBytes(file));
            ContentType type = known.hasNonNull("contentType")
                    ? new ContentType(known.path("contentType").asText())
                    : ConfigText.typeOf(path, value);
            return new Item(key.path(), type, known.path("secret").asBoolean(), value);
        } catch (InvalidRequestException e) {
            throw new IOException("its file '" + path + "': " + e.getMessage(), e);
        }
    }

    private JsonNode index() throws IOException {
        Path file = folder.resolve(INDEX);
        return Files.exists(file)
                ? Json.mapper().readTree(Files.readAllBytes(file)).path("keys")
                : MissingNode.getInstance();
    }
}
