package io.rollcall.server.security.tls;

import io.rollcall.server.app.MemberTls;
import io.rollcall.server.config.CertificateFiles;
import io.rollcall.server.security.FollowedFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** TLS between members, by files. */
final class RaftTls implements MemberTls {

    /** Any that signs: which one a handshake uses is not known here. */
    private static final String AUTH_TYPE = "UNKNOWN";

    private final FollowedFiles<TlsMaterial> files;
    private final AtomicLong generation = new AtomicLong(1);

    RaftTls(CertificateFiles files, String self) throws IOException, GeneralSecurityException {
        this.files =
                new FollowedFiles<>("certificates", TlsMaterial.files(files), contents -> load(files, self, contents));
    }

    /** What the others would refuse is not taken, so that a mistake is seen at once and not when a connection is needed. */
    private static TlsMaterial load(CertificateFiles files, String self, List<byte[]> contents)
            throws IOException, GeneralSecurityException {
        TlsMaterial material = TlsMaterial.load(files, contents);
        X509Certificate[] chain = material.chain().toArray(new X509Certificate[0]);
        try {
            MemberRole.require(self, chain[0]);
            trust(material).checkServerTrusted(chain, AUTH_TYPE);
            trust(material).checkClientTrusted(chain, AUTH_TYPE);
        } catch (CertificateException e) {
            throw new GeneralSecurityException(
                    "the other members would refuse " + files.certificate() + ": " + e.getMessage(), e);
        }
        return material;
    }

    private static X509TrustManager trust(TlsMaterial material) {
        return Objects.requireNonNull(material.trust(), "members are always asked for a certificate");
    }

    void look() {
        if (files.look()) {
            generation.incrementAndGet();
        }
    }

    TlsMaterial present() {
        return files.present();
    }

    @Override
    public SSLContext inbound() {
        TlsMaterial material = files.present();
        return material.context(new MemberTrust(trust(material), null, material.notAfter()));
    }

    @Override
    public SSLContext outbound(Members members) {
        TlsMaterial material = files.present();
        return material.context(new MemberTrust(trust(material), members, material.notAfter()));
    }

    @Override
    public void requireMember(List<X509Certificate> chain) throws CertificateException {
        trust(files.present()).checkClientTrusted(chain.toArray(new X509Certificate[0]), AUTH_TYPE);
        MemberRole.requireAny(chain.get(0));
    }

    @Override
    public long generation() {
        return generation.get();
    }
}
