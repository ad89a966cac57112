package io.rollcall.client.spring;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.serviceregistry.Registration;

/** The application as it registers itself. It has an address once its web server listens. Thread-safe. */
public final class RollcallRegistration implements Registration {

    private record At(io.rollcall.api.model.Registration registration, InstanceTraits traits) {}

    private final OwnInstance own;
    private volatile @Nullable At at;

    RollcallRegistration(OwnInstance own) {
        this.own = own;
        Integer port = own.properties().port();
        if (port != null) {
            servesAt(port);
        }
    }

    /** Takes the port of the web server, if it is not set to be another one. */
    void webServerListensAt(int port) {
        if (own.properties().port() == null) {
            servesAt(port);
        }
    }

    private void servesAt(int port) {
        io.rollcall.api.model.Registration registration = own.at(port);
        at = new At(registration, InstanceTraits.of(registration));
    }

    /** Whether it can be registered. */
    boolean hasAddress() {
        return at != null;
    }

    /**
     * Returns what is registered.
     *
     * @return all of it
     * @throws IllegalStateException before the web server listens
     */
    public io.rollcall.api.model.Registration registration() {
        return known().registration();
    }

    private At known() {
        At known = at;
        if (known == null) {
            throw new IllegalStateException(
                    "the application serves nowhere yet: its port is known when its web server listens, or by"
                            + " spring.cloud.rollcall.registration.port");
        }
        return known;
    }

    @Override
    public @Nullable String getInstanceId() {
        At known = at;
        return known == null ? null : known.registration().key().id().value();
    }

    @Override
    public String getServiceId() {
        return own.service();
    }

    @Override
    public String getHost() {
        return known().traits().host();
    }

    @Override
    public int getPort() {
        At known = at;
        return known == null ? 0 : known.traits().port();
    }

    @Override
    public boolean isSecure() {
        return known().traits().isSecure();
    }

    @Override
    public URI getUri() {
        return known().traits().uri();
    }

    @Override
    public Map<String, String> getMetadata() {
        At known = at;
        return known == null ? Map.of() : known.traits().metadata();
    }

    @Override
    public String toString() {
        At known = at;
        return known == null
                ? getServiceId() + ", not serving yet"
                : known.registration().key() + " at " + getUri();
    }
}
