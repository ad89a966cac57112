package io.rollcall.api.model;

import java.util.regex.Pattern;

/** Tells whether a text is a DNS name or an IP literal, without asking a resolver. */
final class Hosts {

    static final int MAX_LENGTH = 253;

    // Underscores are no host names by RFC 952, but Docker and Kubernetes hand them out as such.
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
                    + "(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");
    private static final Pattern NUMERIC =
            Pattern.compile("(?:0[xX][0-9A-Fa-f]*|[0-9]*)(?:\\.(?:0[xX][0-9A-Fa-f]*|[0-9]*))*");
    private static final Pattern HEX_GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final int IPV4_OCTETS = 4;
    private static final int MAX_OCTET = 255;
    private static final int IPV6_GROUPS = 8;

    private Hosts() {}

    static boolean isValid(String host) {
        if (host.isEmpty() || host.length() > MAX_LENGTH) {
            return false;
        }
        if (host.indexOf(':') >= 0) {
            return isIpv6(host);
        }
        // A name of numbers alone is an address or a mistake; resolvers read 1.2.3 as 1.2.0.3, and 0x7f.1 as 127.0.0.1.
        return NUMERIC.matcher(host).matches()
                ? isIpv4(host)
                : DNS_NAME.matcher(host).matches();
    }

    private static boolean isIpv4(String host) {
        String[] octets = host.split("\\.", -1);
        if (octets.length != IPV4_OCTETS) {
            return false;
        }
        for (String octet : octets) {
            boolean leadingZero = octet.length() > 1 && octet.charAt(0) == '0';
            if (octet.isEmpty() || octet.length() > 3 || leadingZero || Integer.parseInt(octet) > MAX_OCTET) {
                return false;
            }
        }
        return true;
    }

    /** RFC 4291 section 2.2, without zone ids: they mean nothing on another machine. */
    private static boolean isIpv6(String host) {
        String text = host;
        int groups = IPV6_GROUPS;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') > lastColon) {
            if (!isIpv4(text.substring(lastColon + 1))) {
                return false;
            }
            groups -= 2;
            text = text.substring(0, lastColon);
            // "::1.2.3.4" has become ":"; the elision must stay whole.
            text = text.endsWith(":") ? text + ":" : text;
        }
        int elision = text.indexOf("::");
        if (elision < 0) {
            return countGroups(text) == groups;
        }
        int before = countGroups(text.substring(0, elision));
        int after = countGroups(text.substring(elision + 2));
        return before >= 0 && after >= 0 && before + after < groups;
    }

    private static int countGroups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (!HEX_GROUP.matcher(group).matches()) {
                return -1;
            }
        }
        return groups.length;
    }
}
