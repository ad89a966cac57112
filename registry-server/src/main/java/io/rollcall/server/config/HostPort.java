package io.rollcall.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A network address as it was written; the name is not resolved.
 *
 * @param host a name or an IP literal, IPv6 without brackets
 * @param port 0 to 65535; 0 lets the system choose, where a listener allows that
 */
public record HostPort(String host, int port) {

    private static final int MAX_PORT = 65_535;
    private static final String RULE = "must be HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500";

    /**
     * Reads an address.
     *
     * @param text {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code :PORT}, which means loopback
     * @return the address
     * @throws IllegalArgumentException saying what is wrong
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(RULE);
        }
        return new HostPort(parseHost(text.substring(0, colon)), parsePort(text.substring(colon + 1)));
    }

    private static String parseHost(String text) {
        if (text.isEmpty()) {
            return "127.0.0.1";
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return text.substring(1, text.length() - 1);
        }
        if (text.indexOf(':') >= 0 || text.indexOf('/') >= 0 || text.isBlank()) {
            throw new IllegalArgumentException(RULE);
        }
        return text;
    }

    private static int parsePort(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(RULE + ", with a port of 0 to " + MAX_PORT);
        }
        return port;
    }

    /**
     * Tells whether only this machine can reach it.
     *
     * @return true for loopback addresses and names that resolve to nothing else
     */
    public boolean isLoopback() {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            // Binding to it will fail and say so; until then it counts as the outside.
            return false;
        }
    }

    /**
     * Tells whether it stands for all addresses of the machine, so that it is no address to give to others.
     *
     * @return true for {@code 0.0.0.0} and {@code ::}
     */
    public boolean isWildcard() {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
    }

    /**
     * The same host with another port.
     *
     * @param other the port
     * @return the address
     */
    public HostPort withPort(int other) {
        return new HostPort(host, other);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
