package io.rollcall.server.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP literals; never asks a resolver. */
public final class IpLiteral {

    // One spelling only: what else the C library takes for IPv4 (1.2.3, 0x7f.1, 017700000001) is a way round a deny
    // list.
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_PREFIX_BYTES = 12;

    private IpLiteral() {}

    /**
     * Reads a literal.
     *
     * @param text such as {@code 10.0.0.1} or {@code 2001:db8::1}, without brackets and without a zone
     * @return the address; an IPv4-mapped one stays IPv6; empty if the text is no literal
     */
    public static Optional<InetAddress> parse(String text) {
        boolean ipv6 = IPV6_CHARACTERS.matcher(text).matches();
        if (!ipv6 && !IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // In brackets the JDK takes it for a literal or for nothing.
            InetAddress address = InetAddress.getByName(ipv6 ? "[" + text + "]" : text);
            return Optional.of(ipv6 && address instanceof Inet4Address ? mapped(address) : address);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The JDK makes IPv4 addresses of mapped ones; only with a zone, here none, it leaves them as they are. */
    private static InetAddress mapped(InetAddress ipv4) throws UnknownHostException {
        byte[] bytes = new byte[IPV6_BYTES];
        bytes[MAPPED_PREFIX_BYTES - 2] = (byte) 0xff;
        bytes[MAPPED_PREFIX_BYTES - 1] = (byte) 0xff;
        System.arraycopy(ipv4.getAddress(), 0, bytes, MAPPED_PREFIX_BYTES, IPV6_BYTES - MAPPED_PREFIX_BYTES);
        return Inet6Address.getByAddress(null, bytes, -1);
    }
}
