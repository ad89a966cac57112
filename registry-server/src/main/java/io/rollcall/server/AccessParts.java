package io.rollcall.server;

import io.rollcall.server.app.Writes;
import io.rollcall.server.app.access.AccessAdmin;
import io.rollcall.server.app.access.Bootstrap;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.raft.RatisNode;
import io.rollcall.server.security.BootstrapFile;
import io.rollcall.server.view.AclView;
import io.rollcall.server.view.CatalogView;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a node does for tokens and policies.
 *
 * @param admin makes them and takes them back
 * @param bootstrap sees to the first token
 * @param bootstrapping does so now and then
 */
record AccessParts(AccessAdmin admin, Bootstrap bootstrap, Repeated bootstrapping) {

    // A cluster that is being founded waits for it.
    private static final Duration INTERVAL = Duration.ofMillis(250);

    static AccessParts of(ServerSettings settings, AclView acl, CatalogView view, RatisNode raft, Writes writes) {
        SecureRandom random = new SecureRandom();
        Bootstrap bootstrap = new Bootstrap(
                settings.access().bootstrapTokenFile().map(BootstrapFile::given).orElse(null),
                new BootstrapFile(settings.node().data()),
                acl,
                raft.cluster(),
                () -> view.current().cluster().featureLevel(),
                raft.commands(),
                random);
        return new AccessParts(
                new AccessAdmin(writes, acl, random, InstantSource.system()),
                bootstrap,
                new Repeated("bootstrap", INTERVAL, bootstrap::tick));
    }
}
