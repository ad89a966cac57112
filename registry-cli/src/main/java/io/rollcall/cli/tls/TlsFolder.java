package io.rollcall.cli.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A folder of certificates and keys, which nobody but their owner may read. Nothing in it is ever overwritten. */
public final class TlsFolder {

    /** The name of the authority's files. */
    public static final String AUTHORITY = "ca";

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNERS_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    /**
     * A folder, there or not.
     *
     * @param folder its path
     */
    public TlsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the file of a certificate.
     *
     * @param name whose it is
     * @return PEM
     */
    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    /**
     * Returns the file of a key.
     *
     * @param name whose it is
     * @return PEM
     */
    public Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    /**
     * Tells which files a certificate would overwrite.
     *
     * @param name whose it is
     * @return those that are there
     */
    public List<Path> present(String name) {
        List<Path> present = new ArrayList<>();
        for (Path file : List.of(certificate(name), key(name))) {
            if (Files.exists(file)) {
                present.add(file);
            }
        }
        return present;
    }

    /**
     * Writes a certificate and its key into new files of mode 0600.
     *
     * @param name whose they are
     * @param issued what is written
     * @throws IOException if a file is there already, or cannot be written
     * @throws GeneralSecurityException if the JDK cannot encode the certificate
     */
    public void write(String name, Issued issued) throws IOException, GeneralSecurityException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(OWNERS_FOLDER));
        }
        write(key(name), issued.keyPem());
        write(certificate(name), issued.certificatePem());
    }

    private static void write(Path file, String text) throws IOException {
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(OWNER))) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already, and nothing is overwritten", e);
        }
    }

    private static FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        boolean isPosix =
                Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Reads the authority that was made here.
     *
     * @return with its key
     * @throws IOException if a file is missing or holds something else
     * @throws GeneralSecurityException if the JDK cannot read what it holds
     */
    public CertificateAuthority authority() throws IOException, GeneralSecurityException {
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate(AUTHORITY))));
            String text = Files.readString(key(AUTHORITY))
                    .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                    .replaceAll("\\s", "");
            var key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
            return CertificateAuthority.of(new Issued(certificate, key));
        } catch (NoSuchFileException e) {
            throw new IOException("the authority lacks " + e.getFile(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(key(AUTHORITY) + " holds no key in PEM", e);
        }
    }
}
