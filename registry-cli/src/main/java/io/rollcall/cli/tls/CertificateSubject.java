package io.rollcall.cli.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whom a certificate is for.
 *
 * @param name its common name, which says something to people alone
 * @param dnsNames names of its host, and roles
 * @param addresses IP literals of its host
 * @param isServer whether others connect to it; whoever has a certificate may connect
 */
public record CertificateSubject(String name, List<String> dnsNames, List<String> addresses, boolean isServer) {

    /** Behind a member's id: the name by which members know each other. The server has the same. */
    public static final String MEMBER_SUFFIX = ".server.rollcall";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    /** Copies the lists. */
    public CertificateSubject {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
    }

    /**
     * A member of the cluster.
     *
     * @param id its id
     * @param hosts the names and addresses at which clients reach it; none: those of the loopback
     * @return the subject
     * @throws IllegalArgumentException if the id or a host is none
     */
    public static CertificateSubject node(String id, List<String> hosts) {
        List<String> names = new ArrayList<>(List.of(requireName(id) + MEMBER_SUFFIX));
        List<String> addresses = new ArrayList<>();
        for (String host : hosts.isEmpty() ? LOOPBACK : hosts) {
            if (host.indexOf(':') >= 0 || IPV4.matcher(host).matches()) {
                addresses.add(host);
            } else if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("'" + host + "' is no name and no address of a host");
            } else if (host.endsWith(MEMBER_SUFFIX)) {
                throw new IllegalArgumentException("'" + host + "' is the name of a member, and no host's");
            } else {
                names.add(host);
            }
        }
        return new CertificateSubject(id, names, addresses, true);
    }

    /**
     * A client: whoever shows its certificate is let in where one is asked for, and is no member.
     *
     * @param name its name
     * @return the subject
     * @throws IllegalArgumentException if it is no name
     */
    public static CertificateSubject client(String name) {
        return new CertificateSubject(requireName(name), List.of(), List.of(), false);
    }

    private static String requireName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be 1 to 64 characters of [A-Za-z0-9._-] and start with a letter or digit");
        }
        return text;
    }
}
