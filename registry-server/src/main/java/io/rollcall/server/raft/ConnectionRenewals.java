package io.rollcall.server.raft;

import io.rollcall.server.app.MemberTls;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections to members anew before their certificates end, and when certificates or authorities were replaced here. One
 * member after the other: while Ratis changes over to a new connection its follower lags by some milliseconds, and the others
 * are a majority meanwhile. Not thread-safe.
 */
final class ConnectionRenewals {

    /** From one look to the next, and from one member to the next. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionRenewals.class);

    private final MemberTls tls;
    private final MemberAddresses addresses;
    private final PeerChannels channels;
    private final Consumer<String> reconnect;
    private final Set<String> waiting = new LinkedHashSet<>();
    private long generation;

    /**
     * Renewals of a member's connections.
     *
     * @param tls tells when files were replaced
     * @param addresses tells when connections are due
     * @param channels this product's own connections
     * @param reconnect begins to renew those of Ratis; does not block
     */
    ConnectionRenewals(MemberTls tls, MemberAddresses addresses, PeerChannels channels, Consumer<String> reconnect) {
        this.tls = tls;
        this.addresses = addresses;
        this.channels = channels;
        this.reconnect = reconnect;
        this.generation = tls.generation();
    }

    void tick() {
        channels.settle();
        long present = tls.generation();
        if (present != generation) {
            generation = present;
            addresses.expireAll();
        }
        waiting.addAll(addresses.takeDue());
        var next = waiting.iterator();
        if (next.hasNext()) {
            String member = next.next();
            next.remove();
            LOG.atDebug().addKeyValue("member", member).log("connections are made anew");
            channels.renew(member);
            reconnect.accept(member);
        }
    }
}
