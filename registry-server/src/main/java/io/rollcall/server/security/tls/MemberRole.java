package io.rollcall.server.security.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The name in a certificate that makes it a member's: {@code ID.server.rollcall} among its DNS names, as it is written. */
final class MemberRole {

    static final String SUFFIX = ".server.rollcall";

    private static final int DNS_NAME = 2;
    // No wildcard is a member.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private MemberRole() {}

    /** The members whose certificate it is; one as a rule, none if it is a client's. */
    static Set<String> members(X509Certificate certificate) throws CertificateException {
        Set<String> members = new TreeSet<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (Integer.valueOf(DNS_NAME).equals(name.get(0)) && name.get(1) instanceof String text) {
                String id = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : "";
                if (ID.matcher(id).matches()) {
                    members.add(id);
                }
            }
        }
        return members;
    }

    static void requireAny(X509Certificate certificate) throws CertificateException {
        if (members(certificate).isEmpty()) {
            throw new CertificateException("the certificate of " + certificate.getSubjectX500Principal()
                    + " is no member's: it has no name ID" + SUFFIX);
        }
    }

    static void require(String id, X509Certificate certificate) throws CertificateException {
        Set<String> members = members(certificate);
        if (!members.contains(id)) {
            throw new CertificateException("the certificate of " + certificate.getSubjectX500Principal()
                    + " is not that of member " + id + ": it has " + members + ", not " + id + SUFFIX);
        }
    }
}
