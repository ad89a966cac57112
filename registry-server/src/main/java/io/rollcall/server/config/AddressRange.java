package io.rollcall.server.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation. IPv4 blocks hold no IPv6 addresses, and the other way round.
 *
 * @param network its first address
 * @param prefixBits how many bits all its addresses share with the first
 */
public record AddressRange(InetAddress network, int prefixBits) {

    private static final int MAX_RANGES = 256;
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");
    private static final String RULE = "must be blocks such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32, separated by ,";

    /** Requires that the network has no bits beyond the prefix. */
    public AddressRange {
        Objects.requireNonNull(network, "network");
        byte[] bytes = network.getAddress();
        if (prefixBits < 0 || prefixBits > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException(RULE + "; " + prefixBits + " is no prefix length there");
        }
        for (int bit = prefixBits; bit < bytes.length * Byte.SIZE; bit++) {
            if (bit(bytes, bit)) {
                throw new IllegalArgumentException(RULE + "; " + network.getHostAddress() + "/" + prefixBits
                        + " names an address inside of a block");
            }
        }
    }

    /**
     * Reads a block.
     *
     * @param text such as {@code 10.0.0.0/8}; without a prefix it is one address
     * @return the block
     * @throws IllegalArgumentException saying what is wrong
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(RULE + "; '" + text + "' is none"));
        if (slash < 0) {
            return new AddressRange(network, network.getAddress().length * Byte.SIZE);
        }
        String prefix = text.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(RULE + "; '" + text + "' is none");
        }
        return new AddressRange(network, Integer.parseInt(prefix));
    }

    /**
     * Reads a list of blocks.
     *
     * @param text blocks, separated by commas; blank for none
     * @return in the order of the text
     * @throws IllegalArgumentException saying what is wrong
     */
    static List<AddressRange> parseAll(String text) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            ranges.add(parse(part.strip()));
        }
        if (ranges.size() > MAX_RANGES) {
            throw new IllegalArgumentException("must name at most " + MAX_RANGES + " blocks, names " + ranges.size());
        }
        return List.copyOf(ranges);
    }

    /**
     * Tells whether an address lies in the block.
     *
     * @param address any
     * @return false for one of the other family
     */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int wholeBytes = prefixBits / Byte.SIZE;
        for (int i = 0; i < wholeBytes; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int shift = Byte.SIZE - prefixBits % Byte.SIZE;
        return shift == Byte.SIZE || (mine[wholeBytes] & 0xff) >> shift == (other[wholeBytes] & 0xff) >> shift;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) != 0;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
