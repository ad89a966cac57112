package io.rollcall.client.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DistributionTest {

    @TempDir
    private Path folder;

    @Test
    void placesAreTakenInOrder() throws Exception {
        var a = home("a");
        var b = home("b");
        var c = home("c");
        var d = home("d");
        var both = Map.of(Distribution.HOME_PROPERTY, b.toString(), Distribution.BUILD_PROPERTY, c.toString());
        var build = Map.of(Distribution.BUILD_PROPERTY, c.toString());
        var variables = Map.of(Distribution.HOME_VARIABLE, d.toString());

        assertThat(Distribution.locate(a, both::get, variables::get)).isEqualTo(in(a));
        assertThat(Distribution.locate(null, both::get, variables::get)).isEqualTo(in(b));
        assertThat(Distribution.locate(null, build::get, variables::get)).isEqualTo(in(c));
        assertThat(Distribution.locate(null, name -> null, variables::get)).isEqualTo(in(d));
        assertThat(Distribution.locate(null, name -> "", variables::get)).isEqualTo(in(d));
    }

    @Test
    void placeWithoutServerIsNotPassedOver() throws Exception {
        var variables = Map.of(Distribution.HOME_VARIABLE, home("a").toString());
        var properties = Map.of(Distribution.HOME_PROPERTY, folder.toString());

        assertThatThrownBy(() -> Distribution.locate(null, properties::get, variables::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(folder.toString(), "-Drollcall.home", "rollcall-server.jar");
    }

    @Test
    void nothingNamedSaysWhatToName() {
        assertThatThrownBy(() -> Distribution.locate(null, name -> null, name -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("ROLLCALL_HOME", "-Drollcall.home", "rollcall-server.jar", "mvn");
    }

    private Path home(String name) throws Exception {
        var jar = in(folder.resolve(name)).jar();
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        return folder.resolve(name);
    }

    private static Distribution in(Path home) {
        return new Distribution(home.resolve("lib").resolve("rollcall-server.jar"));
    }
}
