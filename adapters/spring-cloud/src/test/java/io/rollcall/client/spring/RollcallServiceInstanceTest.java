package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.RegistrationBuilder;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RollcallServiceInstanceTest {

    @Test
    void metadataHoldsAllThatBalancersRead() {
        var instance = made(builder -> builder.tags(Map.of("env", "prod"))
                .metadata(Map.of("owner", "team-a"))
                .zone("z1")
                .version("2.1")
                .weight(50));

        assertThat(instance.getMetadata())
                .containsOnly(
                        Map.entry("env", "prod"),
                        Map.entry("owner", "team-a"),
                        Map.entry("zone", "z1"),
                        Map.entry("version", "2.1"),
                        Map.entry("weight", "50"),
                        Map.entry("protocol", "http"),
                        Map.entry("instanceId", "orders-1"));
    }

    @Test
    void whatTheRegistryKnowsGoesBeforeTagsAndTagsBeforeMetadata() {
        var instance = made(builder -> builder.metadata(Map.of("zone", "m", "env", "m"))
                .tags(Map.of("zone", "t", "env", "t"))
                .zone("z1"));

        assertThat(instance.getMetadata()).containsEntry("zone", "z1").containsEntry("env", "t");
    }

    @Test
    void aZoneThatIsNotKnownIsNotThere() {
        assertThat(made(builder -> builder).getMetadata()).doesNotContainKeys("zone", "version");
    }

    @ParameterizedTest
    @CsvSource({"HTTPS, true, https", "HTTP, false, http", "GRPC, false, http"})
    void isSecureByItsProtocol(Protocol protocol, boolean isSecure, String scheme) {
        var instance = made(builder -> builder.protocol(protocol));

        assertThat(instance.isSecure()).isEqualTo(isSecure);
        assertThat(instance.getUri()).hasToString(scheme + "://10.0.0.7:8080");
        // Or a balanced ws:// would become http://.
        assertThat(instance.getScheme()).isNull();
    }

    @Test
    void addressesOfIpv6AreInBrackets() {
        var instance = made(builder -> builder.address("fd00::7", 8080));

        assertThat(instance.getHost()).isEqualTo("[fd00::7]");
        assertThat(instance.getUri()).hasToString("http://[fd00::7]:8080");
    }

    @Test
    void isEqualAsLongAsItIsTheSameRegistration() {
        var registration = Instances.registration("orders-1", builder -> builder);
        var first = new RollcallServiceInstance(Instances.instance(registration, 7, InstanceStatus.PASSING));
        var warning = new RollcallServiceInstance(Instances.instance(registration, 7, InstanceStatus.WARNING));
        var later = new RollcallServiceInstance(Instances.instance(registration, 8, InstanceStatus.PASSING));

        assertThat(warning).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(later).isNotEqualTo(first);
    }

    private static RollcallServiceInstance made(UnaryOperator<RegistrationBuilder> change) {
        return new RollcallServiceInstance(
                Instances.instance(Instances.registration("orders-1", change), 1, InstanceStatus.PASSING));
    }
}
