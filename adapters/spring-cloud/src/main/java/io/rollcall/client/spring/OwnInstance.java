package io.rollcall.client.spring;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.ProcessIdentity;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What the application registers of itself, but for the port, which its web server may choose.
 *
 * @param provider of the process' own address
 * @param identity what telemetry calls the process
 * @param properties what is set
 * @param environment of the application, for what other settings say
 * @param customizers change it last, in this order
 */
record OwnInstance(
        InstanceProvider provider,
        ProcessIdentity identity,
        RollcallProperties.Registration properties,
        Environment environment,
        List<RollcallRegistrationCustomizer> customizers) {

    private static final List<String> TLS_SETTINGS =
            List.of("server.ssl.bundle", "server.ssl.key-store", "server.ssl.certificate");

    /** The name of the service. */
    String service() {
        String name = firstOf(properties.service(), environment.getProperty("spring.application.name"));
        name = firstOf(name, identity.serviceName());
        if (name == null) {
            throw new IllegalStateException("the application has no name to be registered under: set"
                    + " spring.application.name, or spring.cloud.rollcall.registration.enabled=false");
        }
        return name;
    }

    /** The registration at a port of this machine. */
    Registration at(int port) {
        Registration self = provider.self(service(), port).build();
        String host = StringUtils.hasText(properties.host()) ? properties.host() : self.host();
        String id = firstOf(properties.instanceId(), identity.instanceId());
        InstanceId instanceId = new InstanceId(id == null ? host + "-" + port : id);
        Protocol protocol = protocol();
        RegistrationBuilder builder = Registration.builder(
                        new InstanceKey(self.key().service(), instanceId))
                .address(host, port)
                .protocol(protocol)
                .version(orEmpty(firstOf(
                        firstOf(properties.version(), environment.getProperty("spring.application.version")),
                        self.version())))
                .tags(properties.tags())
                .metadata(properties.metadata())
                .zone(orEmpty(firstOf(properties.zone(), environment.getProperty("spring.cloud.loadbalancer.zone"))))
                .weight(properties.weight())
                .ttl(properties.ttl())
                .deregisterAfter(properties.deregisterAfter())
                .healthCheck(healthCheck(protocol));
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private Protocol protocol() {
        if (StringUtils.hasText(properties.protocol())) {
            return Protocol.parse("spring.cloud.rollcall.registration.protocol", properties.protocol());
        }
        boolean speaksTls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && TLS_SETTINGS.stream().anyMatch(environment::containsProperty);
        return speaksTls ? Protocol.HTTPS : Protocol.HTTP;
    }

    private @Nullable HealthCheck healthCheck(Protocol protocol) {
        RollcallProperties.HealthCheck check = properties.healthCheck();
        if (!StringUtils.hasText(check.path())) {
            return null;
        }
        return new HealthCheck(
                protocol == Protocol.HTTPS ? CheckType.HTTPS : CheckType.HTTP,
                check.path(),
                check.interval(),
                check.timeout(),
                check.retries(),
                HealthCheck.DEFAULT_SUCCESSES,
                "GET",
                Collections.unmodifiableSortedMap(new TreeMap<>()),
                null);
    }

    private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
        if (StringUtils.hasText(first)) {
            return first;
        }
        return StringUtils.hasText(second) ? second : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
