package io.rollcall.server.probe;

import io.rollcall.server.config.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses that nobody may have checked, whatever the settings say, and those in which others hide. */
final class Denials {

    /** What reaches this machine itself. */
    static final List<AddressRange> LOOPBACK =
            List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1/128"));

    private record Denial(AddressRange range, String why) {
        static Denial of(String range, String why) {
            return new Denial(AddressRange.parse(range), why);
        }
    }

    private static final List<Denial> ALWAYS = List.of(
            Denial.of("0.0.0.0/8", "unspecified"),
            Denial.of("::/128", "unspecified"),
            Denial.of("169.254.0.0/16", "link-local"),
            Denial.of("fe80::/10", "link-local"),
            Denial.of("224.0.0.0/4", "multicast"),
            Denial.of("ff00::/8", "multicast"),
            Denial.of("255.255.255.255/32", "broadcast"),
            Denial.of("240.0.0.0/4", "reserved"),
            // Where clouds hand out credentials, beside 169.254.169.254: AWS, Google, Alibaba, Azure, Oracle.
            Denial.of("fd00:ec2::254/128", "metadata of the site"),
            Denial.of("fd20:ce::254/128", "metadata of the site"),
            Denial.of("100.100.100.200/32", "metadata of the site"),
            Denial.of("168.63.129.16/32", "metadata of the site"),
            Denial.of("192.0.0.192/32", "metadata of the site"),
            Denial.of("::ffff:0:0/96", "IPv4-mapped"),
            Denial.of("::/96", "IPv4-compatible"));

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange NAT64_LOCAL = AddressRange.parse("64:ff9b:1::/48");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
    private static final AddressRange TEREDO = AddressRange.parse("2001::/32");
    private static final int IPV4_BYTES = 4;
    private static final int LAST_FOUR = 12;
    private static final int AFTER_6TO4_PREFIX = 2;
    private static final int TEREDO_SERVER = 4;
    private static final int ISATAP_MARK = 8;

    private Denials() {}

    static boolean isLoopback(InetAddress address) {
        return LOOPBACK.stream().anyMatch(range -> range.contains(address));
    }

    /** Why the address never is a target; null if it may be. Loopback is not looked at. */
    static @Nullable String always(InetAddress address) {
        if (isLoopback(address)) {
            return null;
        }
        for (Denial denial : ALWAYS) {
            if (denial.range.contains(address)) {
                return denial.why;
            }
        }
        return null;
    }

    /** The IPv4 addresses that a packet to the address may end at. */
    static List<InetAddress> embedded(InetAddress address) {
        if (address instanceof Inet4Address) {
            return List.of();
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address) || NAT64_LOCAL.contains(address) || isIsatap(bytes)) {
            return List.of(ipv4(bytes, LAST_FOUR, 0));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(ipv4(bytes, AFTER_6TO4_PREFIX, 0));
        }
        if (TEREDO.contains(address)) {
            // RFC 4380: the client's address stands there with all bits turned.
            return List.of(ipv4(bytes, TEREDO_SERVER, 0), ipv4(bytes, LAST_FOUR, 0xff));
        }
        return List.of();
    }

    /** RFC 5214: ::0:5efe:a.b.c.d behind any prefix; the bit beside it says whether the address is global. */
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[ISATAP_MARK] & 0xfd) == 0
                && bytes[ISATAP_MARK + 1] == 0
                && bytes[ISATAP_MARK + 2] == 0x5e
                && bytes[ISATAP_MARK + 3] == (byte) 0xfe;
    }

    private static InetAddress ipv4(byte[] bytes, int offset, int turned) {
        byte[] part = Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES);
        for (int i = 0; i < IPV4_BYTES; i++) {
            part[i] ^= (byte) turned;
        }
        try {
            return InetAddress.getByAddress(part);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
