package io.rollcall.client.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes a TLS context of what the files of its options hold at the time. */
final class TlsFiles {

    private static final char[] NO_PASSWORD = new char[0];

    private TlsFiles() {}

    static SSLContext load(TlsOptions options) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys(options.certificates(), options.key()),
                trust(options.authorities()).getTrustManagers(),
                null);
        return context;
    }

    private static TrustManagerFactory trust(@Nullable Path authorities) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = null;
        if (authorities != null) {
            store = emptyStore();
            int number = 0;
            for (X509Certificate certificate : PemFile.certificates(authorities)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        factory.init(store);
        return factory;
    }

    private static KeyManager @Nullable [] keys(@Nullable Path certificates, @Nullable Path keyFile)
            throws IOException, GeneralSecurityException {
        if (certificates == null || keyFile == null) {
            return null;
        }
        List<X509Certificate> chain = PemFile.certificates(certificates);
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = PemFile.key(keyFile, publicKey.getAlgorithm());
        if (!isPair(publicKey, key)) {
            throw new GeneralSecurityException("the key of " + keyFile + " is not that of the certificate of "
                    + certificates + "; are they being replaced?");
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** What the key has signed, the certificate must confirm: of two files one may have been replaced already. */
    private static boolean isPair(PublicKey publicKey, PrivateKey key) throws GeneralSecurityException {
        byte[] sample = {1, 2, 3};
        Signature signature = Signature.getInstance(signatureOf(publicKey.getAlgorithm()));
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(sample);
        return signature.verify(signed);
    }

    private static String signatureOf(String keyAlgorithm) throws GeneralSecurityException {
        return switch (keyAlgorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> throw new GeneralSecurityException("keys of " + keyAlgorithm + " are not read; take RSA or EC");
        };
    }
}
