package io.rollcall.server.probe;

import io.rollcall.api.model.Registration;
import io.rollcall.server.app.CheckTargets;
import io.rollcall.server.config.AddressRange;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.IpLiteral;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be checked, so that nobody makes the leader knock at doors that only it can reach.
 *
 * <p>Metadata, link-local, multicast and unspecified addresses, and whatever embeds one, never are; loopback only by
 * {@code checks.allow-loopback}; the members' own listeners never are. Of the rest {@code checks.deny} beats
 * {@code checks.allow}.
 */
public final class TargetPolicy implements CheckTargets {

    private final boolean allowLoopback;
    private final List<AddressRange> allow;
    private final List<AddressRange> deny;
    private final Supplier<? extends Collection<HostPort>> members;

    /**
     * A policy.
     *
     * @param settings what the operator allows and denies
     * @param members where the members of the cluster listen, for clients and for each other, as known at each call
     */
    public TargetPolicy(CheckSettings settings, Supplier<? extends Collection<HostPort>> members) {
        this.allowLoopback = settings.allowLoopback();
        this.allow = settings.allow();
        this.deny = settings.deny();
        this.members = members;
    }

    @Override
    public @Nullable String refusal(Registration registration) {
        return registration.healthCheck() == null
                ? null
                : refusal(registration.host(), registration.port()).orElse(null);
    }

    /**
     * Tells whether a target can be refused without resolving its name.
     *
     * @param host a name or an IP literal
     * @param port its port
     * @return why it must not be checked; empty if it may be, or if only the name's addresses can tell
     */
    public Optional<String> refusal(String host, int port) {
        String name = bare(host);
        if (!allowLoopback && (name.equals("localhost") || name.endsWith(".localhost"))) {
            return Optional.of(forbidden(host, "loopback"));
        }
        if (membersAt(port).stream().anyMatch(member -> bare(member.host()).equals(name))) {
            return Optional.of(forbidden(host + ":" + port, "a member of this cluster"));
        }
        return IpLiteral.parse(host).flatMap(address -> refusal(address));
    }

    /** Why no port of an address may be checked; empty if it may be. */
    Optional<String> refusal(InetAddress address) {
        String why = denial(address);
        if (why == null) {
            why = embeddedDenial(address);
        }
        if (why == null && !allow.isEmpty() && !contains(allow, address)) {
            why = "not in checks.allow";
        }
        return Optional.ofNullable(why).map(reason -> forbidden(address.getHostAddress(), reason));
    }

    private @Nullable String denial(InetAddress address) {
        String always = Denials.always(address);
        if (always != null) {
            return always;
        }
        if (!allowLoopback && Denials.isLoopback(address)) {
            return "loopback";
        }
        return contains(deny, address) ? "in checks.deny" : null;
    }

    private @Nullable String embeddedDenial(InetAddress address) {
        for (InetAddress inner : Denials.embedded(address)) {
            // Not even where loopback is allowed: nobody has a reason to write it so.
            String why = Denials.isLoopback(inner) ? "loopback" : denial(inner);
            if (why != null) {
                return "embeds " + inner.getHostAddress() + ", " + why;
            }
        }
        return null;
    }

    /** The members that listen at a port. */
    List<HostPort> membersAt(int port) {
        return members.get().stream().filter(member -> member.port() == port).toList();
    }

    static String forbidden(String address, String why) {
        return "address " + address + " is forbidden (" + why + ")";
    }

    private static boolean contains(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String bare(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
