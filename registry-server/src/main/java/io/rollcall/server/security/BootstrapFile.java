package io.rollcall.server.security;

import io.rollcall.api.model.Secret;
import io.rollcall.server.app.access.AccessAdmin;
import io.rollcall.server.app.access.Bootstrap;
import io.rollcall.server.app.access.Credential;
import io.rollcall.server.config.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file {@code bootstrap-token} in a node's data folder, of mode 0600; and the one that an operator gives instead. */
public final class BootstrapFile implements Bootstrap.Vault {

    private static final String NAME = "bootstrap-token";
    private static final int MAX_BYTES = 4_096;
    private static final int MIN_SECRET_LENGTH = 32;
    private static final int MIN_DIFFERENT = 10;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+");

    /** What is in somebody's documentation, in whatever case: whoever reads that has the key. */
    private static final List<String> SAMPLES = List.of(
            "changeme", "change-me", "secretkey", "password", "example", "rollcall", "vghpc0lztxlddxn0b21tzwnyzxrlzxk");

    private final Path folder;

    /**
     * The file of a node.
     *
     * @param folder its data folder; made by whoever opens it first
     */
    public BootstrapFile(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads what an operator gives.
     *
     * @param file holds {@code bootstrap.SECRET}
     * @return the token
     * @throws ConfigurationException if it cannot be read, or is not strong enough; its content is in no message
     */
    public static Credential given(Path file) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file, "has more than " + MAX_BYTES + " bytes");
            }
            text = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw bad(file, "cannot be read: " + e.getClass().getSimpleName());
        }
        Credential credential = parse(text);
        if (credential == null) {
            throw bad(file, "must hold " + AccessAdmin.BOOTSTRAP_ID + ".SECRET, the secret of [A-Za-z0-9_-]");
        }
        String weakness = weakness(credential.secret().reveal());
        if (weakness != null) {
            throw bad(file, weakness + "; 'openssl rand -hex 32' makes a good one");
        }
        return credential;
    }

    private static @Nullable String weakness(String secret) {
        if (secret.length() < MIN_SECRET_LENGTH) {
            return "holds a secret of " + secret.length() + " characters, at least " + MIN_SECRET_LENGTH
                    + " are needed";
        }
        if (secret.chars().distinct().count() < MIN_DIFFERENT) {
            return "holds a secret of fewer than " + MIN_DIFFERENT + " different characters";
        }
        String lower = secret.toLowerCase(Locale.ROOT);
        return SAMPLES.stream().anyMatch(lower::contains) ? "holds a secret that reads like a sample" : null;
    }

    private static ConfigurationException bad(Path file, String why) {
        return new ConfigurationException(List.of("bootstrap-token-file: " + file + " " + why));
    }

    private static @Nullable Credential parse(String text) {
        int dot = text.indexOf('.');
        String secret = text.substring(dot + 1);
        boolean isOne = dot > 0 && text.substring(0, dot).equals(AccessAdmin.BOOTSTRAP_ID);
        return isOne && FORM.matcher(secret).matches()
                ? new Credential(AccessAdmin.BOOTSTRAP_ID, Secret.of(secret))
                : null;
    }

    private Path file() {
        return folder.resolve(NAME);
    }

    @Override
    public @Nullable Credential read() throws IOException {
        return Files.exists(file())
                ? parse(Files.readString(file(), StandardCharsets.UTF_8).strip())
                : null;
    }

    @Override
    public void write(Credential credential) throws IOException {
        Path fresh = folder.resolve(NAME + ".fresh");
        Files.deleteIfExists(fresh);
        // Of that mode from the first moment on, whatever the umask is.
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            ByteBuffer bytes = ByteBuffer.wrap((credential.shown().reveal() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    @Override
    public void delete() throws IOException {
        Files.deleteIfExists(file());
        syncFolder();
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
