package io.rollcall.server.security.tls;

import io.rollcall.server.config.CertificateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a listener hold: whom it is, and whom it trusts.
 *
 * @param chain its certificate, then intermediates
 * @param keys the same with the key
 * @param trust the authorities; null if nobody is asked for a certificate
 */
record TlsMaterial(
        List<X509Certificate> chain,
        KeyManager keys,
        @Nullable X509TrustManager trust) {

    private static final char[] NO_PASSWORD = new char[0];

    /** The files in the order in which {@link #load} wants their contents. */
    static List<Path> files(CertificateFiles files) {
        Path authorities = files.authorities();
        Stream<Path> pair = Stream.of(files.certificate(), files.key());
        return (authorities == null ? pair : Stream.concat(pair, Stream.of(authorities))).toList();
    }

    /** Makes it of their contents, all of one moment. A certificate that is not good now is refused. */
    static TlsMaterial load(CertificateFiles files, List<byte[]> contents)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = KeyPairFiles.certificates(files.certificate(), contents.get(0));
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (GeneralSecurityException e) {
                throw new GeneralSecurityException(
                        files.certificate() + " holds a certificate that is not good now: it is for "
                                + certificate.getNotBefore().toInstant() + " to "
                                + certificate.getNotAfter().toInstant(),
                        e);
            }
        }
        PrivateKey key = KeyPairFiles.key(files.key(), contents.get(1), chain.get(0));
        KeyStore store = emptyStore();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        Path authorities = files.authorities();
        return new TlsMaterial(
                chain,
                keys.getKeyManagers()[0],
                authorities == null ? null : trust(KeyPairFiles.certificates(authorities, contents.get(2))));
    }

    private static X509TrustManager trust(List<X509Certificate> authorities)
            throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("this JDK has no trust manager for certificates");
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** A context that shows this certificate; {@code manager} looks at the others', or none does. */
    SSLContext context(@Nullable TrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // With no manager at all the JDK would take the authorities that it comes with.
            context.init(
                    new KeyManager[] {keys},
                    manager == null ? new TrustManager[0] : new TrustManager[] {manager},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no TLS context", e);
        }
    }

    Instant notAfter() {
        return notAfter(chain);
    }

    static Instant notAfter(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
