package io.rollcall.client.spring;

import io.rollcall.client.directory.DirectoryHealth;
import io.rollcall.client.directory.DirectoryMode;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceView;
import io.rollcall.client.provide.LiveRegistration;
import io.rollcall.client.provide.RegistrationState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells how the application stands to the registry. While the registry is away it is UNKNOWN, not DOWN: the application goes
 * on with what it knows, and taking all applications out of traffic for it would make an outage of everything out of one of the
 * registry. It is DOWN when the registry has refused the application for good, or another process has its id.
 */
public final class RollcallHealthIndicator extends AbstractHealthIndicator {

    private final ServiceDirectory directory;
    private final @Nullable RollcallServiceRegistry registry;

    RollcallHealthIndicator(ServiceDirectory directory, @Nullable RollcallServiceRegistry registry) {
        super("the state of the registry's client cannot be told");
        this.directory = directory;
        this.registry = registry;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        DirectoryHealth health = directory.health();
        List<LiveRegistration> registrations = registry == null ? List.of() : registry.live();
        boolean isAway = health.mode() == DirectoryMode.OFFLINE || health.mode() == DirectoryMode.CLOSED;
        if (registrations.stream().anyMatch(each -> each.state().isFinal())) {
            builder.down();
        } else if (isAway || registrations.stream().anyMatch(each -> each.state() != RegistrationState.REGISTERED)) {
            builder.unknown();
        } else {
            builder.up();
        }
        addDirectory(builder, health);
        registrations.forEach(
                each -> builder.withDetail(each.key().toString(), each.state().name()));
    }

    private static void addDirectory(Health.Builder builder, DirectoryHealth health) {
        builder.withDetail("mode", health.mode().name()).withDetail("services", health.services());
        if (!health.lastHeard().equals(ServiceView.NEVER)) {
            builder.withDetail("lastHeardMillis", health.lastHeard().toMillis());
        }
        if (health.unknown() > 0) {
            builder.withDetail("unknownServices", health.unknown());
        }
        if (health.stale() > 0) {
            builder.withDetail("staleServices", health.stale());
        }
        if (health.kept() > 0) {
            builder.withDetail("keptServices", health.kept());
        }
        if (health.problem() != null) {
            builder.withDetail("problem", health.problem());
        }
    }
}
