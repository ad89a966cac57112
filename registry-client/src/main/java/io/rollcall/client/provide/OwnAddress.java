package io.rollcall.client.provide;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The address of this machine that others reach it by, as far as that can be told from here. */
final class OwnAddress {

    // Nothing is sent there; a route needs no port, but connecting wants one.
    private static final int ANY_PORT = 9;

    private OwnAddress() {}

    /**
     * The address that this machine would send from to a registry. If no route is found, because the network or the
     * name is not there yet, it is the address of an interface that is up.
     *
     * @param servers of the registry
     * @return an IP literal; of loopback if the registry is there, or if this machine has nothing else
     */
    static String towards(List<URI> servers) {
        for (URI server : servers) {
            Optional<InetAddress> address = localAddressTowards(server);
            if (address.isPresent()) {
                return text(address.get());
            }
        }
        return text(ofAnInterface().orElseGet(InetAddress::getLoopbackAddress));
    }

    private static Optional<InetAddress> localAddressTowards(URI server) {
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(host, server.getPort() > 0 ? server.getPort() : ANY_PORT));
            InetAddress address = socket.getLocalAddress();
            return address.isAnyLocalAddress() ? Optional.empty() : Optional.of(address);
        } catch (IOException | IllegalArgumentException e) {
            // No such host, or no route to it.
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ofAnInterface() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(OwnAddress::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .min(Comparator.comparing(address -> !(address instanceof Inet4Address)));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    /** Without the zone of an IPv6 address, which means nothing on another machine. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
