package io.rollcall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.watch.WatchEvent;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Each event as one line of JSON: its name, and its data as it was sent. */
final class WatchJson extends WatchView {

    private final Terminal terminal;

    WatchJson(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void onEvent(WatchEvent event) {
        terminal.out().println(line(name(event), event.json()));
    }

    static String line(String event, JsonNode data) {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("event", event);
        data.properties().forEach(field -> line.set(field.getKey(), field.getValue()));
        try {
            return Json.mapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was read cannot be written", e);
        }
    }

    private static String name(WatchEvent event) {
        return event.match(new WatchEvent.Cases<>() {
            @Override
            public String snapshot(WatchEvent.Snapshot snapshot) {
                return "snapshot";
            }

            @Override
            public String change(WatchEvent.Change change) {
                return "change";
            }

            @Override
            public String sync(WatchEvent.Sync sync) {
                return "sync";
            }
        });
    }

    @Override
    void connected(@Nullable URI server, @Nullable String detail) {
        if (server == null) {
            terminal.err().println("rollcall: no stream, trying on: " + detail);
        }
    }
}
