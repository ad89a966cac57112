package io.rollcall.client.spring;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.RegistryClientBuilder;
import io.rollcall.client.Selection;
import io.rollcall.client.directory.DirectoryOptions;
import io.rollcall.client.directory.EmptyListPolicy;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.StaleAction;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The client of the registry, and what the application knows of services. Nothing connects before it is used. */
@AutoConfiguration
@ConditionalOnRollcallEnabled
@EnableConfigurationProperties(RollcallProperties.class)
public final class RollcallClientAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RollcallClientAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    RegistryClient rollcallClient(RollcallProperties properties, ObjectProvider<RollcallClientCustomizer> customizers) {
        RegistryClientBuilder builder = RegistryClient.builder()
                .servers(properties.servers())
                .namespace(new Namespace(properties.namespace()))
                .attemptTimeout(properties.attemptTimeout())
                .connectTimeout(properties.connectTimeout())
                .deadline(properties.deadline());
        if (properties.token() != null && !properties.token().isBlank()) {
            builder.token(properties.token());
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    ServiceDirectory rollcallDirectory(RegistryClient client, RollcallProperties properties, Environment environment) {
        RollcallProperties.Discovery discovery = properties.discovery();
        ServiceDirectory directory = client.directory(DirectoryOptions.defaults()
                .withSelection(selection(discovery))
                .withSubscriber(environment.getProperty("spring.application.name"))
                .withFirstCallTimeout(discovery.firstCallTimeout())
                .withSyncInterval(discovery.syncInterval())
                .withMaxStaleness(discovery.maxStaleness())
                .withStaleAction(discovery.refuseStale() ? StaleAction.REFUSE : StaleAction.MARK)
                .withEmptyListPolicy(EmptyListPolicy.keepFor(discovery.keepEmptyFor()))
                .withCacheFolder(properties.cacheFolder()));
        warmUp(client, directory, discovery);
        return directory;
    }

    private static Selection selection(RollcallProperties.Discovery discovery) {
        Selection selection =
                Selection.healthy().withVersion(discovery.version()).withFilter(discovery.filter());
        for (Map.Entry<String, String> tag : discovery.tags().entrySet()) {
            selection = selection.withTag(tag.getKey(), tag.getValue());
        }
        return selection;
    }

    private static void warmUp(
            RegistryClient client, ServiceDirectory directory, RollcallProperties.Discovery discovery) {
        List<ServiceKey> wanted =
                discovery.warmUp().stream().map(client::service).toList();
        List<ServiceKey> unknown = directory.warmUp(wanted, discovery.warmUpTimeout());
        if (!unknown.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("services", unknown)
                    .addKeyValue("health", directory.health())
                    .log("the application starts without knowing these services; they are asked for further");
        }
    }
}
