package io.rollcall.server;

import io.rollcall.api.model.Member;
import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.Peer;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.probe.MeasuredProbe;
import io.rollcall.server.probe.Probes;
import io.rollcall.server.probe.SystemResolver;
import io.rollcall.server.probe.TargetPolicy;
import io.rollcall.server.view.CatalogView;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node checks others with. None of it runs before the first check.
 *
 * @param policy whom it may reach
 * @param resolver finds the addresses of names
 * @param probes makes the checks
 * @param measured the same, counted
 */
record CheckParts(TargetPolicy policy, SystemResolver resolver, Probes probes, MeasuredProbe measured) {

    private static final Logger LOG = LoggerFactory.getLogger(CheckParts.class);

    /** Names that may wait to be resolved. */
    private static final int RESOLVING_MAX = 10_000;

    static CheckParts of(ServerSettings settings, CatalogView view) {
        TargetPolicy policy = new TargetPolicy(settings.checks(), () -> members(settings, view));
        SystemResolver resolver = new SystemResolver(RESOLVING_MAX);
        Probes probes = new Probes(policy, resolver, settings.checks());
        return new CheckParts(policy, resolver, probes, new MeasuredProbe(probes));
    }

    /** Where the members listen, as far as this one knows. */
    private static List<HostPort> members(ServerSettings settings, CatalogView view) {
        List<HostPort> members = new ArrayList<>();
        members.add(settings.http().listen());
        members.add(settings.raft().listen());
        settings.raft().peers().stream().map(Peer::raft).forEach(members::add);
        view.current().cluster().members().stream()
                .map(Member::address)
                .map(HostPort::parse)
                .forEach(members::add);
        return members;
    }

    void close() {
        try {
            probes.close();
        } catch (Exception e) {
            LOG.atWarn().setCause(e).log("the health checks did not end cleanly");
        }
        resolver.close();
    }
}
