package io.rollcall.client.spring;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Learns the port that the web server has got; not that of a second one for management. */
final class WebServerPort implements ApplicationListener<WebServerInitializedEvent> {

    private final RollcallRegistration registration;

    WebServerPort(RollcallRegistration registration) {
        this.registration = registration;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (!WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), "management")) {
            registration.webServerListensAt(event.getWebServer().getPort());
        }
    }
}
