package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessIdentityTest {

    private static final String ATTRIBUTES =
            "service.name=orders,service.instance.id=627cc493,service.version=1.2.0,deployment.environment=prod";

    private static ProcessIdentity from(Map<String, String> environment, String... properties) {
        Properties all = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return ProcessIdentity.from(environment, all);
    }

    @Test
    void withoutSettingsNothingIsKnown() {
        assertThat(from(Map.of())).isEqualTo(new ProcessIdentity(null, null, ""));
        assertThat(from(Map.of("OTEL_SERVICE_NAME", "", "OTEL_RESOURCE_ATTRIBUTES", " ")))
                .isEqualTo(new ProcessIdentity(null, null, ""));
    }

    @Test
    void attributesOfTheResourceSayAll() {
        assertThat(from(Map.of("OTEL_RESOURCE_ATTRIBUTES", ATTRIBUTES)))
                .isEqualTo(new ProcessIdentity("orders", "627cc493", "1.2.0"));
    }

    @Test
    void theServicesOwnSettingGoesFirst() {
        assertThat(from(Map.of("OTEL_RESOURCE_ATTRIBUTES", ATTRIBUTES, "OTEL_SERVICE_NAME", "checkout")))
                .isEqualTo(new ProcessIdentity("checkout", "627cc493", "1.2.0"));
        assertThat(from(Map.of("OTEL_SERVICE_NAME", "checkout"), "otel.resource.attributes", ATTRIBUTES)
                        .serviceName())
                .isEqualTo("checkout");
    }

    @Test
    void aSystemPropertyReplacesItsVariable() {
        assertThat(from(
                        Map.of("OTEL_RESOURCE_ATTRIBUTES", ATTRIBUTES, "OTEL_SERVICE_NAME", "checkout"),
                        "otel.service.name",
                        "users",
                        "otel.resource.attributes",
                        "service.instance.id=u-1"))
                .isEqualTo(new ProcessIdentity("users", "u-1", ""));
    }

    @Test
    void keysAndValuesArePercentDecoded() {
        String encoded = " service.name = a%2Cb%3Dc ,service%2Eversion=1+2%20%C3%A4=x,,service.instance.id=i,";

        assertThat(from(Map.of("OTEL_RESOURCE_ATTRIBUTES", encoded)))
                .isEqualTo(new ProcessIdentity("a,b=c", "i", "1+2 ä=x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service.name", "=orders", "a=%4", "a=%zz", "a=%", "a=%C3", "a=%-1"})
    void aListThatCannotBeReadIsPassedOverAsAWhole(String bad) {
        assertThatThrownBy(() -> ResourceAttributes.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        assertThat(from(Map.of("OTEL_RESOURCE_ATTRIBUTES", ATTRIBUTES + "," + bad)))
                .isEqualTo(new ProcessIdentity(null, null, ""));
    }
}
