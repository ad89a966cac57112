package io.rollcall.client.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.client.RegistryClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public API of the library is that of {@code src/test/resources/api}, to which each change adds what it adds. */
final class ApiCompatibilityTest {

    private static final String PROPERTY = "rollcall.api.update";
    private static final String ADDITIONS = "additions";
    private static final String EVERYTHING = "everything";

    private static final Path FOLDER = Path.of("src", "test", "resources", "api");

    @ParameterizedTest
    @CsvSource({"registry-api", "registry-client"})
    void theApiKeepsWhatItHas(String module) throws Exception {
        Path file = FOLDER.resolve(module + ".txt");
        PublicApi before = PublicApi.read(Files.exists(file) ? Files.readString(file) : "");
        PublicApi after = PublicApi.beside(module.equals("registry-api") ? Instance.class : RegistryClient.class);

        String update = System.getProperty(PROPERTY, "");
        if (update.equals(EVERYTHING)) {
            before = after;
        } else if (update.equals(ADDITIONS)) {
            before = Compatibility.union(before, after);
        }
        if (!update.isEmpty()) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, before.text());
        }

        // A look at nothing would pass for ever.
        assertThat(after.types()).hasSizeGreaterThan(10);
        Compatibility compatibility = Compatibility.of(before, after);
        assertThat(compatibility.broken())
                .as(
                        "%s breaks those who use it; if it must be: make api BREAKING=yes, and say so in CHANGELOG.md",
                        module)
                .isEmpty();
        assertThat(compatibility.added())
                .as("%s has more than is written down; if it is to stay for years: make api", module)
                .isEmpty();
    }
}
