package io.rollcall.client.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.rollcall.client.RegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** How long a registry lives, with a server that only looks like one. */
final class ExtensionLifeIT {

    @TempDir
    private static Path folder;

    private static final List<RunningCluster> SEEN = new ArrayList<>();
    private static final List<Long> PIDS = new ArrayList<>();

    @BeforeAll
    static void install() {
        System.setProperty(
                Distribution.HOME_PROPERTY, FakeServer.install(folder).toString());
    }

    @AfterAll
    static void uninstall() {
        System.clearProperty(Distribution.HOME_PROPERTY);
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
        PIDS.clear();
    }

    private static void see(RunningCluster cluster) {
        SEEN.add(cluster);
        cluster.nodes().forEach(node -> PIDS.add(node.pid()));
    }

    @Test
    void clusterOfAClassIsSharedWithItsNestedOnesAndEnds() {
        var results = run(OfTheClass.class);

        assertThat(failures(results)).isEmpty();
        assertThat(SEEN).hasSize(4).containsOnly(SEEN.get(0));
        assertThat(PIDS.stream().distinct()).hasSize(2).noneMatch(ExtensionLifeIT::isAlive);
    }

    @Test
    void clusterOfAMethodIsItsOwn() {
        var results = run(OfEachMethod.class);

        assertThat(failures(results)).isEmpty();
        assertThat(SEEN).hasSize(3).doesNotHaveDuplicates();
        assertThat(PIDS).doesNotHaveDuplicates().noneMatch(ExtensionLifeIT::isAlive);
    }

    @Test
    void clusterOfAFieldOfTheInstanceIsOfTheMethod() {
        var results = run(OfTheInstance.class);

        assertThat(failures(results)).isEmpty();
        assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
        assertThat(PIDS).doesNotHaveDuplicates().noneMatch(ExtensionLifeIT::isAlive);
    }

    @Test
    void constructorCannotTakeWhatIsStartedForItsMethods() {
        var results = run(TooEarly.class);

        assertThat(failures(results)).singleElement().asString().contains("started for each test method");
    }

    @Test
    void serverThatEndsFailsTheClassWithItsLastWords() {
        var results = run(Ending.class);

        assertThat(failures(results))
                .singleElement()
                .asString()
                .contains("n1 ended with status 1", "the fake server ends, heard", "-Drollcall.parent=");
    }

    @Test
    void serverThatIsNeverReadyFailsTheClassInTime() {
        var results = run(NeverReady.class);

        assertThat(failures(results)).singleElement().asString().contains("n1 was not ready within PT0.5S");
    }

    @Test
    void nodeIsPausedKilledAndStartedAgainOnItsData() {
        var cluster = RunningCluster.start(ClusterSettings.defaults());
        var node = cluster.node(1);
        var first = node.pid();

        node.pause();
        assertThat(node.isRunning()).isTrue();
        assertThat(node.isReady()).isFalse();
        node.resume();
        node.awaitReady();
        assertThatThrownBy(node::start).isInstanceOf(IllegalStateException.class);
        node.kill();
        assertThat(node.isRunning()).isFalse();
        assertThat(node.isReady()).isFalse();
        assertThatThrownBy(node::kill).isInstanceOf(IllegalStateException.class);
        node.restart();
        assertThat(node.isReady()).isTrue();
        assertThat(node.pid()).isNotEqualTo(first);
        assertThat(node.logTail())
                .filteredOn(line -> line.contains("starts on this data"))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(": 1"),
                        line -> assertThat(line).endsWith(": 2"));
        assertThat(cluster.folder()).exists();
        node.pause();
        cluster.close();

        assertThat(node.isRunning()).isFalse();
        assertThat(cluster.folder()).doesNotExist();
    }

    private static EngineExecutionResults run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute();
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        assertThat(results.allEvents().started().count()).isPositive();
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @RollcallCluster(nodes = 2)
    static final class OfTheClass {

        private final RunningCluster ofTheConstructor;

        OfTheClass(RunningCluster cluster) {
            ofTheConstructor = cluster;
        }

        @Test
        void first(RunningCluster cluster, RegistryClient client, @ServerUrls List<String> urls) {
            see(cluster);
            see(ofTheConstructor);
            assertThat(client).isSameAs(cluster.client());
            assertThat(urls).hasSize(2).doesNotHaveDuplicates().isEqualTo(cluster.urls());
        }

        @Test
        void second(RunningCluster cluster, @ServerUrls String urls) {
            see(cluster);
            assertThat(urls)
                    .isEqualTo(cluster.node(1).url() + "," + cluster.node(2).url());
        }

        @Nested
        final class Inner {

            @Test
            void third(RunningCluster cluster) {
                see(cluster);
            }
        }
    }

    @RollcallCluster(perMethod = true)
    static final class OfEachMethod {

        @Test
        void first(RunningCluster cluster) {
            see(cluster);
        }

        @Test
        void second(RunningCluster cluster) {
            see(cluster);
        }

        @Nested
        final class Inner {

            @Test
            void third(RunningCluster cluster) {
                see(cluster);
            }
        }
    }

    static final class OfTheInstance {

        @RegisterExtension
        final RollcallExtension registry = RollcallExtension.builder().build();

        @Test
        void first() {
            see(registry.cluster());
        }

        @Test
        void second() {
            see(registry.cluster());
        }
    }

    @RollcallCluster(perMethod = true)
    static final class TooEarly {

        TooEarly(RunningCluster cluster) {
            see(cluster);
        }

        @Test
        void never() {}
    }

    static final class Ending {

        @RegisterExtension
        static final RollcallExtension REGISTRY = RollcallExtension.builder()
                .jvmOptions("-Dfake.status=0")
                .setting("fake.word", "heard")
                .build();

        @Test
        void never() {}
    }

    static final class NeverReady {

        @RegisterExtension
        static final RollcallExtension REGISTRY = RollcallExtension.builder()
                .jvmOptions("-Dfake.status=503")
                .startTimeout(Duration.ofMillis(500))
                .build();

        @Test
        void never() {}
    }
}
