package io.rollcall.server.security.tls;

import io.rollcall.server.app.MemberTls.Members;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets members in, and has others be who was dialled. The host of a member is not looked at: its id says more, and its
 * address may change.
 */
final class MemberTrust extends X509ExtendedTrustManager {

    private final X509TrustManager authorities;
    private final @Nullable Members members;
    private final Instant ownNotAfter;

    /**
     * Trusts members.
     *
     * @param authorities of whose certificates theirs must be
     * @param members who is expected where, for connections to them; null for connections from them
     * @param ownNotAfter the end of the certificate that is shown
     */
    MemberTrust(X509TrustManager authorities, @Nullable Members members, Instant ownNotAfter) {
        this.authorities = authorities;
        this.members = members;
        this.ownNotAfter = ownNotAfter;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkClientTrusted(chain, authType);
        MemberRole.requireAny(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (members == null) {
            throw new CertificateException("only members are dialled");
        }
        authorities.checkServerTrusted(chain, authType);
        String id = members.at(engine.getPeerHost(), engine.getPeerPort());
        if (id == null) {
            throw new CertificateException(
                    "no member is known at " + engine.getPeerHost() + ":" + engine.getPeerPort());
        }
        MemberRole.require(id, chain[0]);
        Instant notAfter = TlsMaterial.notAfter(List.of(chain));
        members.opened(id, notAfter.isBefore(ownNotAfter) ? notAfter : ownNotAfter);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    /** Without an engine nobody can tell who was dialled. */
    private static CertificateException withoutEngine() {
        return new CertificateException("members speak over engines alone");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
