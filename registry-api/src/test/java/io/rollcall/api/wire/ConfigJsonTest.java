package io.rollcall.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InvalidRequestException;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ConfigJsonTest {

    private static final ConfigEntry ENTRY = new ConfigEntry(
            ConfigKey.of("team", "orders/db.url"),
            3,
            7,
            12,
            Instant.ofEpochMilli(1_700_000_000_123L),
            new ContentType("text/plain"),
            17,
            true,
            false,
            null);

    private static final ConfigEntry DELETION =
            new ConfigEntry(ENTRY.key(), 4, 7, 13, ENTRY.modifiedAt(), ContentType.DEFAULT, 0, false, true, "deployer");

    @Test
    void entryIsWrittenWithItsFields() throws Exception {
        assertThat(json(ENTRY))
                .isEqualTo("{\"namespace\":\"team\",\"key\":\"orders/db.url\",\"version\":3,\"createIndex\":7,"
                        + "\"modifyIndex\":12,\"modifiedAt\":\"2023-11-14T22:13:20.123Z\",\"contentType\":\"text/plain\","
                        + "\"size\":17,\"secret\":true}");
        assertThat(json(DELETION)).endsWith(",\"secret\":false,\"deleted\":true,\"actor\":\"deployer\"}");
    }

    @Test
    void whatWasWrittenIsReadBackAndUnknownFieldsArePassedOver() throws Exception {
        String withMore = json(ENTRY).replace("\"version\"", "\"colour\":\"blue\",\"version\"");

        assertThat(ConfigReader.read(Json.mapper().readTree(withMore))).isEqualTo(ENTRY);
        assertThat(ConfigReader.read(Json.mapper().readTree(json(DELETION)))).isEqualTo(DELETION);
    }

    @Test
    void entryWithoutItsTimeIsRefused() throws Exception {
        String without = json(ENTRY).replace("modifiedAt", "x");

        assertThatThrownBy(() -> ConfigReader.read(Json.mapper().readTree(without)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("modifiedAt");
    }

    private static String json(ConfigEntry entry) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Json.mapper().createGenerator(text)) {
            ConfigJson.write(generator, entry);
        }
        return text.toString();
    }
}
