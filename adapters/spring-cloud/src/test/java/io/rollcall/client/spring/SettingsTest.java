package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What editors and the documentation say of the settings. */
final class SettingsTest {

    private static final Pattern ROW = Pattern.compile("^\\| `(spring\\.cloud\\.rollcall\\.[a-z.-]+)` \\|");

    @Test
    void editorsAreToldOfEachSettingWithADescription() throws Exception {
        assertThat(described())
                .containsKeys(
                        "spring.cloud.rollcall.servers",
                        "spring.cloud.rollcall.discovery.warm-up",
                        "spring.cloud.rollcall.registration.health-check.path")
                .allSatisfy((name, description) -> assertThat(description).isNotBlank());
    }

    @Test
    void theTableOfTheDocumentationNamesEachSetting() throws Exception {
        List<String> named = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../../docs/adapters.md"))) {
            var row = ROW.matcher(line);
            if (row.find()) {
                named.add(row.group(1));
            }
        }

        assertThat(named).containsExactlyInAnyOrderElementsOf(described().keySet());
    }

    private Map<String, String> described() throws IOException {
        Map<String, String> described = new TreeMap<>();
        try (var json = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new ObjectMapper().readTree(json).path("properties")) {
                described.put(
                        property.path("name").asText(),
                        property.path("description").asText());
            }
        }
        return described;
    }
}
