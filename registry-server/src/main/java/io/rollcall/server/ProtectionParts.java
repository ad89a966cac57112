package io.rollcall.server;

import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.http.Protection;
import io.rollcall.server.security.audit.AuditLog;
import io.rollcall.server.security.limit.DiskWatch;
import io.rollcall.server.security.limit.Limits;
import io.rollcall.server.security.limit.Quotas;
import io.rollcall.server.security.limit.WriteLane;
import io.rollcall.server.telemetry.Metering;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.CatalogView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What stands around a node: quotas, limits and the audit log. */
final class ProtectionParts implements AutoCloseable {

    private final ServerSettings settings;
    private final DiskWatch disk;
    private final Quotas quotas;
    private final @Nullable AuditLog audit;

    private ProtectionParts(ServerSettings settings, DiskWatch disk, Quotas quotas, @Nullable AuditLog audit) {
        this.settings = settings;
        this.disk = disk;
        this.quotas = quotas;
        this.audit = audit;
    }

    static ProtectionParts of(ServerSettings settings, CatalogView view) throws IOException {
        Path data = settings.node().data();
        Files.createDirectories(data);
        DiskWatch disk = DiskWatch.of(data, settings.limits().diskFreeMinBytes());
        AuditLog audit = settings.audit().enabled()
                ? AuditLog.open(data.resolve("audit"), settings.node().id(), settings.audit())
                : null;
        return new ProtectionParts(settings, disk, new Quotas(settings.limits().quotas(), view, disk), audit);
    }

    /** Measures what is written to. */
    void measure(Metering metering) {
        metering.disk(disk, audit);
    }

    /** Counts what is applied, and is asked before more is written. */
    Quotas quotas() {
        return quotas;
    }

    /** The lane of this node's callers in front of the log. */
    WriteLane lane(CommandBus bus) {
        return new WriteLane(bus, settings.limits(), System::nanoTime);
    }

    /** What the HTTP server needs of it. */
    Protection http(WriteLane lane, Tracing tracing) {
        AuditTrail trail = audit == null ? AuditTrail.NONE : audit;
        return new Protection(
                new Limits(settings.limits(), lane, trail, System::nanoTime),
                settings.limits(),
                trail,
                settings.audit().reads(),
                tracing);
    }

    /** To be called last, so that what was answered while the node stopped is written down. */
    @Override
    public void close() {
        disk.close();
        if (audit != null) {
            audit.close();
        }
    }
}
