package io.rollcall.server.security;

/** Under which name an address is counted. */
public final class AddressKeys {

    private static final int PREFIX_GROUPS = 4;

    private AddressKeys() {}

    /**
     * Names a host: by a whole IPv4 address, or by the first 64 bits of an IPv6 address, for that is what one host is given, and
     * it may have as many addresses in it as it likes.
     *
     * @param address digits, as Java writes them
     * @return the part that counts
     */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        // Java writes IPv6 addresses with all their groups.
        String digits = withoutBrackets(address);
        int end = -1;
        for (int group = 0; group < PREFIX_GROUPS; group++) {
            int next = digits.indexOf(':', end + 1);
            if (next < 0) {
                return digits;
            }
            end = next;
        }
        return digits.substring(0, end);
    }

    /**
     * Tells whether only this machine has it.
     *
     * @param address digits, as Java writes them
     * @return true for loopback
     */
    public static boolean isLoopback(String address) {
        String digits = withoutBrackets(address);
        return digits.startsWith("127.") || digits.equals("0:0:0:0:0:0:0:1") || digits.equals("::1");
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }
}
