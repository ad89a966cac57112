package io.rollcall.client.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Spring Boot applications as a user writes them. */
final class Applications {

    private Applications() {}

    /** Calls services by threads that wait. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Blocking {

        private final RestClient.Builder services;

        Blocking(RestClient.Builder services) {
            this.services = services;
        }

        @GetMapping("/call/{service}")
        String call(@PathVariable String service) {
            return services.build()
                    .get()
                    .uri("http://" + service + "/name")
                    .retrieve()
                    .body(String.class);
        }

        @SpringBootConfiguration
        static class Clients {

            @Bean
            @LoadBalanced
            RestClient.Builder services() {
                // Reactor's connections are the JVM's, and end with whichever application of it ends first.
                return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
            }
        }
    }

    /** Calls services out of an event loop. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Reactive {

        private final WebClient.Builder services;

        Reactive(WebClient.Builder services) {
            this.services = services;
        }

        @GetMapping("/call/{service}")
        Mono<String> call(@PathVariable String service) {
            return services.build()
                    .get()
                    .uri("http://" + service + "/name")
                    .retrieve()
                    .bodyToMono(String.class);
        }

        @SpringBootConfiguration
        static class Clients {

            @Bean
            @LoadBalanced
            WebClient.Builder services() {
                return WebClient.builder();
            }
        }
    }

    /** Is called. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Greeter {

        @GetMapping("/name")
        String name() {
            return "greeter";
        }
    }

    static ConfigurableApplicationContext start(
            Class<?> application, WebApplicationType type, List<String> servers, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--spring.cloud.rollcall.servers=" + String.join(",", servers)));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new SpringApplicationBuilder(application).web(type).run(arguments.toArray(String[]::new));
    }

    static String url(ConfigurableApplicationContext application) {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) application).getWebServer().getPort();
    }
}
