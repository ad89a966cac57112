package io.rollcall.cli.demo;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sample providers: three of one service, of which one fails its checks, and two of another, of which one falls silent. */
final class SampleFleet {

    static final String FAILING = "user-service-002";
    static final String SILENT = "order-service-002";

    private final Pace pace;

    private SampleFleet(Pace pace) {
        this.pace = pace;
    }

    /** Starts them; all have ended again if one cannot start. */
    static List<SampleProvider> start(Pace pace) throws DemoException {
        SampleFleet fleet = new SampleFleet(pace);
        List<SampleProvider> providers = new ArrayList<>();
        try {
            providers.add(fleet.user("user-service-001", "1.0.0", "zone-a", 100));
            providers.add(fleet.user(FAILING, "1.0.0", "zone-b", 100));
            providers.add(fleet.user("user-service-003", "1.1.0", "zone-b", 50));
            providers.add(fleet.order("order-service-001", "zone-a"));
            providers.add(fleet.order(SILENT, "zone-b"));
            return providers;
        } catch (IOException e) {
            providers.forEach(SampleProvider::close);
            throw new DemoException("a sample provider could not listen on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private SampleProvider user(String id, String version, String zone, int weight) throws IOException {
        var builder = Registration.builder(InstanceKey.of("default", "user-service", id))
                .version(version)
                .metadata(Map.of("description", "User management service", "owner", "user-team"))
                .zone(zone)
                .weight(weight);
        return SampleProvider.start(builder, "/users", pace, failing(id), Trouble.none());
    }

    private SampleProvider order(String id, String zone) throws IOException {
        var builder = Registration.builder(InstanceKey.of("default", "order-service", id))
                .version("2.3.0")
                .metadata(Map.of("description", "Order service", "owner", "order-team"))
                .zone(zone);
        return SampleProvider.start(builder, "/orders", pace, Trouble.none(), silent(id));
    }

    private Trouble failing(String id) {
        Schedule schedule = pace.failing();
        return !id.equals(FAILING)
                ? Trouble.none()
                : new Trouble(
                        schedule,
                        id + " answers its health checks with 503, for " + seconds(schedule.length()),
                        id + " answers its health checks with 200 again");
    }

    private Trouble silent(String id) {
        Schedule schedule = pace.silent();
        return !id.equals(SILENT)
                ? Trouble.none()
                : new Trouble(
                        schedule,
                        id + " sends no heartbeats, for " + seconds(schedule.length()) + "; its lease is "
                                + seconds(pace.ttl()),
                        id + " sends heartbeats again");
    }

    /** Such as {@code 12 s} or {@code 2.4 s}. */
    static String seconds(Duration duration) {
        long tenths = (duration.toMillis() + 50) / 100;
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }
}
