package io.rollcall.server.probe;

import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Resolves a target once and checks every address, so that no name can answer the check with one address and the
 * connection with another (DNS rebinding).
 */
final class Pinning {

    /** More are not tried within one check. */
    private static final int ADDRESSES_MAX = 4;

    /** The same for each check, so that connections are found again however the resolver turns its answers. */
    private static final Comparator<InetAddress> ORDER = Comparator.comparing(
                    (InetAddress address) -> !(address instanceof Inet4Address))
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private final TargetPolicy policy;
    private final NameResolver resolver;

    Pinning(TargetPolicy policy, NameResolver resolver) {
        this.policy = policy;
        this.resolver = resolver;
    }

    /** The addresses of a target; fails if its name cannot be resolved. */
    CompletableFuture<Pin> pin(String host, int port) {
        Optional<String> refusal = policy.refusal(host, port);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(new Pin.Refused(refusal.get()));
        }
        CompletableFuture<Set<InetAddress>> members = membersAt(port);
        return addresses(host).thenCombine(members, (addresses, own) -> check(host, port, addresses, own));
    }

    private CompletableFuture<List<InetAddress>> addresses(String host) {
        return IpLiteral.parse(host)
                .map(address -> CompletableFuture.completedFuture(List.of(address)))
                .orElseGet(() -> resolver.resolve(host));
    }

    private Pin check(String host, int port, List<InetAddress> addresses, Set<InetAddress> members) {
        for (InetAddress address : addresses) {
            Optional<String> refusal = policy.refusal(address);
            if (refusal.isPresent()) {
                return new Pin.Refused(refusal.get());
            }
            if (isMember(address, port, members)) {
                return new Pin.Refused(
                        TargetPolicy.forbidden(address.getHostAddress() + ":" + port, "a member of this cluster"));
            }
        }
        return new Pin.Pinned(addresses.stream()
                .distinct()
                .sorted(ORDER)
                .limit(ADDRESSES_MAX)
                .map(address -> named(host, address, port))
                .toList());
    }

    private boolean isMember(InetAddress address, int port, Set<InetAddress> members) {
        if (members.contains(address) || Denials.embedded(address).stream().anyMatch(members::contains)) {
            return true;
        }
        // All of 127.0.0.0/8 ends at a wildcard, not only the addresses that the interface lists.
        return Denials.isLoopback(address) && policy.membersAt(port).stream().anyMatch(HostPort::isWildcard);
    }

    /** Keeps the name for SNI and for the check of the certificate. */
    private static InetSocketAddress named(String host, InetAddress address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host, address.getAddress()), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("the bytes of an address are one", e);
        }
    }

    /** The addresses at which members listen on a port; mostly nobody does, and nothing is asked. */
    private CompletableFuture<Set<InetAddress>> membersAt(int port) {
        CompletableFuture<Set<InetAddress>> all = CompletableFuture.completedFuture(new HashSet<>());
        for (HostPort member : policy.membersAt(port)) {
            CompletableFuture<List<InetAddress>> found = member.isWildcard()
                    ? CompletableFuture.completedFuture(ofThisMachine())
                    // A member whose name does not resolve now is not found by this target's name either.
                    : addresses(member.host()).exceptionally(unknown -> List.of());
            all = all.thenCombine(found, Pinning::joined);
        }
        return all;
    }

    private static Set<InetAddress> joined(Set<InetAddress> some, List<InetAddress> more) {
        some.addAll(more);
        return some;
    }

    private static List<InetAddress> ofThisMachine() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(addresses::add);
        } catch (SocketException e) {
            // Without a list those remain that every machine has.
            addresses.add(InetAddress.getLoopbackAddress());
        }
        return addresses;
    }
}
